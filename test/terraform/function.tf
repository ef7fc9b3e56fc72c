data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "updates" {
  statement {
    actions   = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"]
    resources = [aws_lb_target_group.nodes.arn]
  }

  dynamic "statement" {
    for_each = var.changed ? ["ec2:DescribeNetworkInterfaces"] : []
    content {
      actions   = [statement.value]
      resources = ["*"]
    }
  }
}

resource "aws_iam_role" "updater" {
  name               = "terraform-updater"
  description        = var.changed ? "updates targets, still" : "updates targets"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "queue" {
  name = "queue"
  role = aws_iam_role.updater.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.ticks.arn }]
  })
}

resource "aws_iam_policy" "updates" {
  name   = "terraform-updates"
  policy = data.aws_iam_policy_document.updates.json
}

resource "aws_iam_role_policy_attachment" "updates" {
  role       = aws_iam_role.updater.name
  policy_arn = aws_iam_policy.updates.arn
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.updater.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_cloudwatch_log_group" "updater" {
  name              = "/aws/lambda/terraform-updater"
  retention_in_days = var.changed ? 14 : 7
}

resource "aws_lambda_function" "updater" {
  function_name    = "terraform-updater"
  role             = aws_iam_role.updater.arn
  filename         = var.code
  source_code_hash = filebase64sha256(var.code)
  handler          = "index.handler"
  runtime          = "nodejs22.x"
  architectures    = ["arm64"]
  timeout          = var.changed ? 20 : 10

  environment {
    variables = { QUEUE_URL = aws_sqs_queue.ticks.url }
  }

  depends_on = [aws_cloudwatch_log_group.updater, aws_iam_role_policy_attachment.logs]
}

resource "aws_lambda_function_event_invoke_config" "updater" {
  function_name                = aws_lambda_function.updater.function_name
  maximum_retry_attempts       = 0
  maximum_event_age_in_seconds = 60
}

resource "aws_lambda_permission" "schedule" {
  statement_id  = "schedule"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.updater.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.schedule.arn
}

resource "aws_cloudwatch_event_rule" "schedule" {
  name                = "terraform-schedule"
  description         = "each day"
  schedule_expression = var.changed ? "rate(2 days)" : "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "updater" {
  rule      = aws_cloudwatch_event_rule.schedule.name
  target_id = "updater"
  arn       = aws_lambda_function.updater.arn
  input     = jsonencode({ by = data.aws_caller_identity.current.account_id })
}

resource "aws_cloudwatch_event_rule" "interfaces" {
  name = "terraform-interfaces"
  event_pattern = jsonencode({
    source      = ["aws.ec2"]
    detail-type = ["AWS API Call via CloudTrail"]
  })
}

resource "aws_sqs_queue" "dead" {
  name = "terraform-dead"
}

resource "aws_sqs_queue" "ticks" {
  name                       = "terraform-ticks"
  delay_seconds              = 10
  visibility_timeout_seconds = 60
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:terraform-ticks"
    }]
  })
}

resource "aws_lambda_event_source_mapping" "ticks" {
  event_source_arn        = aws_sqs_queue.ticks.arn
  function_name           = aws_lambda_function.updater.arn
  batch_size              = var.changed ? 5 : 1
  function_response_types = ["ReportBatchItemFailures"]
  depends_on              = [aws_iam_role_policy.receive]
}

resource "aws_iam_role_policy" "receive" {
  name = "receive"
  role = aws_iam_role.updater.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
      Resource = aws_sqs_queue.ticks.arn
    }]
  })
}
