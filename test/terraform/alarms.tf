resource "aws_sns_topic" "alarms" {
  name         = "terraform-alarms"
  display_name = var.changed ? "Alarms, still" : "Alarms"
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "alarms"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "SNS:Publish"
      Resource  = aws_sns_topic.alarms.arn
    }]
  })
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn            = aws_sns_topic.alarms.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.dead.arn
  raw_message_delivery = var.changed
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "terraform-errors"
  alarm_description   = "the updater fails"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.updater.function_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  threshold           = var.changed ? 2 : 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "duration" {
  alarm_name          = "terraform-duration"
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  extended_statistic  = "p99"
  period              = 300
  evaluation_periods  = 1
  threshold           = 5000.5
  comparison_operator = "GreaterThanThreshold"
  unit                = "Milliseconds"
}

resource "aws_cloudwatch_composite_alarm" "any" {
  alarm_name = "terraform-any"
  alarm_rule = join(" ${var.changed ? "OR" : "AND"} ", [
    "ALARM(${aws_cloudwatch_metric_alarm.errors.alarm_name})",
    "ALARM(${aws_cloudwatch_metric_alarm.duration.alarm_name})",
  ])
}

resource "aws_cloudwatch_dashboard" "updater" {
  dashboard_name = "terraform-updater"
  dashboard_body = jsonencode({ widgets = [{ type = "text", properties = { markdown = var.changed ? "two" : "one" } }] })
}
