# What starts passes at other times than a schedule can: a queue of delayed messages, and the function that fills it.
locals {
  has_ticks    = endswith(var.every, "s")
  has_events   = var.events.interfaces || var.events.databases || length(var.events.topics) > 0
  has_dispatch = local.has_ticks || local.has_events
  queue_name   = "${var.name}-ticks"
  queue_arn    = "arn:${local.partition}:sqs:${local.region}:${local.account}:${local.queue_name}"
  dispatch_zip = "${local.code_folder}/dispatch.zip"
}

resource "aws_sqs_queue" "ticks" {
  count = local.has_dispatch ? 1 : 0

  name = local.queue_name
  # The longest delay is two minutes, and what is later than a tick is dropped anyway.
  message_retention_seconds = 300
  # Lambda demands at least the time-out of the function that it invokes.
  visibility_timeout_seconds = 60
  sqs_managed_sse_enabled    = true
  tags                       = var.tags

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "sqs:*"
      Resource  = local.queue_arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_cloudwatch_log_group" "dispatch" {
  count = local.has_dispatch ? 1 : 0

  name              = "/aws/lambda/${var.name}-dispatch"
  retention_in_days = var.log_retention_in_days
  tags              = var.tags
}

resource "aws_iam_role" "dispatch" {
  count = local.has_dispatch ? 1 : 0

  name                 = "${var.name}-dispatch"
  description          = "Of the function ${var.name}-dispatch, which sends the messages that start passes"
  assume_role_policy   = local.trust
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy" "dispatch" {
  count = local.has_dispatch ? 1 : 0

  name = "dispatch"
  role = aws_iam_role.dispatch[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = [local.queue_arn] },
      { Effect = "Allow", Action = local.log_writes, Resource = ["${local.log_groups_arn}/aws/lambda/${var.name}-dispatch:*"] },
    ]
  })
}

resource "aws_lambda_function" "dispatch" {
  count = local.has_dispatch ? 1 : 0

  function_name    = "${var.name}-dispatch"
  description      = "Sends the messages that start passes of albridge later"
  role             = aws_iam_role.dispatch[0].arn
  runtime          = var.runtime
  handler          = "index.handler"
  architectures    = ["arm64"]
  memory_size      = 256
  timeout          = 30
  filename         = local.is_in_bucket ? null : local.dispatch_zip
  source_code_hash = local.is_in_bucket ? null : filebase64sha256(local.dispatch_zip)
  s3_bucket        = var.code.s3_bucket
  s3_key           = local.is_in_bucket ? "${var.code.s3_prefix}dispatch.zip" : null

  environment {
    variables = merge(
      { ALBRIDGE_QUEUE_URL = aws_sqs_queue.ticks[0].url },
      local.has_ticks ? { ALBRIDGE_EVERY = var.every } : {},
    )
  }

  tags = var.tags

  lifecycle {
    precondition {
      condition     = local.is_in_bucket || fileexists(local.dispatch_zip)
      error_message = "There is no code of the function dispatch in ${local.dispatch_zip}: build it (npm ci && npm run build), or set code."
    }
  }

  depends_on = [aws_cloudwatch_log_group.dispatch, aws_iam_role_policy.dispatch]
}

# What it would send late is of no use: the next minute brings the next ticks.
resource "aws_lambda_function_event_invoke_config" "dispatch" {
  count = local.has_dispatch ? 1 : 0

  function_name                = aws_lambda_function.dispatch[0].function_name
  maximum_event_age_in_seconds = 60
  maximum_retry_attempts       = 0
}

resource "aws_lambda_event_source_mapping" "ticks" {
  count = local.has_dispatch ? 1 : 0

  event_source_arn = aws_sqs_queue.ticks[0].arn
  function_name    = aws_lambda_function.sync.arn
  batch_size       = 10

  # The least that Lambda allows: one pass is enough, and two may overlap.
  scaling_config {
    maximum_concurrency = 2
  }

  depends_on = [aws_iam_role_policy.sync]
}
