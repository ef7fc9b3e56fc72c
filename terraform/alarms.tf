# Alarms on metrics of passes, over periods that follow `every`, so that none rings between two passes or sleeps through
# them.
locals {
  unit_seconds = { s = 1, m = 60, h = 3600 }
  seconds      = tonumber(regex("[0-9]+", var.every)) * local.unit_seconds[regex("[smh]", var.every)]
  period       = max(local.seconds, 60)

  # CloudWatch looks back for a day, with periods of an hour or more for a week.
  most_periods = floor((local.period < 3600 ? 86400 : 604800) / local.period)

  alarm_kinds = {
    stalled = {
      description = "No pass of albridge has succeeded lately: what it keeps may be stale"
      metric      = "Failed"
      statistic   = "Minimum"
      comparison  = "GreaterThanOrEqualToThreshold"
      periods     = 3
      # No pass at all is as bad as one that fails.
      missing      = "breaching"
      needs_health = false
    }
    source-unknown = {
      description  = "albridge cannot tell what the addresses are: nothing is added or removed"
      metric       = "SourceUnknown"
      statistic    = "Minimum"
      comparison   = "GreaterThanOrEqualToThreshold"
      periods      = 3
      missing      = "notBreaching"
      needs_health = false
    }
    withheld = {
      description  = "albridge withholds removals: the log gives the reasons"
      metric       = "Withheld"
      statistic    = "Minimum"
      comparison   = "GreaterThanOrEqualToThreshold"
      periods      = min(10, local.most_periods)
      missing      = "notBreaching"
      needs_health = false
    }
    no-healthy-target = {
      description  = "None of the targets that albridge keeps is healthy"
      metric       = "Healthy"
      statistic    = "Maximum"
      comparison   = "LessThanThreshold"
      periods      = 3
      missing      = "notBreaching"
      needs_health = true
    }
  }

  pass_alarms = !var.alarms ? {} : merge([
    for pass, is in local.passes : {
      for kind, alarm in local.alarm_kinds : "${pass}-${kind}" => merge(alarm, { pass = pass })
      if is.has_health || !alarm.needs_health
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "pass" {
  for_each = local.pass_alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "albridge"
  metric_name         = each.value.metric
  dimensions          = { Binding = each.value.pass }
  statistic           = each.value.statistic
  comparison_operator = each.value.comparison
  threshold           = 1
  period              = local.period
  evaluation_periods  = each.value.periods
  treat_missing_data  = each.value.missing
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  count = var.alarms ? 1 : 0

  alarm_name          = "${var.name}-errors"
  alarm_description   = "Invocations of albridge fail: the log of the function gives the reasons"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.sync.function_name }
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = local.period
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
  tags                = var.tags
}
