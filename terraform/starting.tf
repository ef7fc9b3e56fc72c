# What starts passes. Each rule and topic may invoke its functions, and nobody else may.
locals {
  functions = merge(
    { sync = aws_lambda_function.sync },
    local.has_dispatch ? { dispatch = aws_lambda_function.dispatch[0] } : {},
  )

  # After an event, what it is about is looked at again; below a minute, the ticks do that by themselves.
  told = local.has_ticks ? ["sync"] : ["sync", "dispatch"]

  rate = (
    local.has_ticks ? "1 minute" :
    contains(["1m", "1h"], var.every) ? replace(replace(var.every, "m", " minute"), "h", " hour") :
    replace(replace(var.every, "m", " minutes"), "h", " hours")
  )

  rules = merge(
    {
      schedule = {
        description = "Starts a pass of albridge"
        schedule    = "rate(${local.rate})"
        pattern     = null
        functions   = local.has_ticks ? ["dispatch"] : ["sync"]
      }
    },
    !var.events.interfaces ? {} : {
      interfaces = {
        description = "Starts a pass of albridge when a load balancer makes or deletes an interface"
        schedule    = null
        functions   = local.told
        pattern = jsonencode({
          source      = ["aws.ec2"]
          detail-type = ["AWS API Call via CloudTrail"]
          detail = {
            eventSource     = ["ec2.amazonaws.com"]
            eventName       = ["CreateNetworkInterface", "DeleteNetworkInterface"]
            sourceIPAddress = ["elasticloadbalancing.amazonaws.com"]
          }
        })
      }
    },
    !var.events.databases ? {} : {
      databases = {
        description = "Starts a pass of albridge when a database fails over"
        schedule    = null
        functions   = local.told
        pattern = jsonencode({
          source      = ["aws.rds"]
          detail-type = ["RDS DB Instance Event", "RDS DB Cluster Event"]
          detail      = { EventCategories = ["failover"] }
        })
      }
    },
  )

  rule_targets = merge([
    for rule, settings in local.rules : {
      for function in settings.functions : "${rule}-${function}" => { rule = rule, function = function }
    }
  ]...)

  topic_targets = merge([
    for topic, arn in var.events.topics : {
      for function in local.told : "${topic}-${function}" => { arn = arn, function = function }
    }
  ]...)
}

resource "aws_cloudwatch_event_rule" "starting" {
  for_each = local.rules

  name                = "${var.name}-${each.key}"
  description         = each.value.description
  schedule_expression = each.value.schedule
  event_pattern       = each.value.pattern
  tags                = var.tags
}

resource "aws_cloudwatch_event_target" "starting" {
  for_each = local.rule_targets

  rule      = aws_cloudwatch_event_rule.starting[each.value.rule].name
  target_id = each.value.function
  arn       = local.functions[each.value.function].arn

  # A rule that may not invoke its target yet would do so in vain.
  depends_on = [aws_lambda_permission.rule]
}

resource "aws_lambda_permission" "rule" {
  for_each = local.rule_targets

  statement_id  = each.value.rule
  action        = "lambda:InvokeFunction"
  function_name = local.functions[each.value.function].function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.starting[each.value.rule].arn
}

resource "aws_sns_topic_subscription" "starting" {
  for_each = local.topic_targets

  topic_arn = each.value.arn
  protocol  = "lambda"
  endpoint  = local.functions[each.value.function].arn
}

resource "aws_lambda_permission" "topic" {
  for_each = local.topic_targets

  statement_id  = "topic-${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = local.functions[each.value.function].function_name
  principal     = "sns.amazonaws.com"
  source_arn    = each.value.arn
}
