output "function_name" {
  description = "The name of the function `sync`: `aws lambda invoke` starts a pass by hand."
  value       = aws_lambda_function.sync.function_name
}

output "function_arn" {
  description = "The ARN of the function `sync`."
  value       = aws_lambda_function.sync.arn
}

output "role_name" {
  description = "The name of the role of `sync`, for policies of your own."
  value       = aws_iam_role.sync.name
}

output "role_arn" {
  description = "The ARN of the role of `sync`, which the trust policy of a role in another account has to name."
  value       = aws_iam_role.sync.arn
}

output "role_policies" {
  description = "What each role that `sync` assumes must allow: policies in JSON by the roles' ARNs."
  value = {
    for role, statements in local.statements_by_role : role => jsonencode({ Version = "2012-10-17", Statement = statements })
    if role != "own"
  }
}

output "rule_names" {
  description = "The names of the rules that start passes, by what they are for, `schedule` first of all: disable them, and the function stops."
  value       = { for purpose, rule in aws_cloudwatch_event_rule.starting : purpose => rule.name }
}

output "log_group_name" {
  description = "The name of the log group of `sync`."
  value       = aws_cloudwatch_log_group.sync.name
}

output "pass_names" {
  description = "What metrics' dimension `Binding` says and rules and entries are marked with, by binding and sink."
  value       = { for name, binding in var.bindings : name => { for key in keys(binding.sinks) : key => "${name}.${key}" } }
}

output "alarm_arns" {
  description = "The ARNs of the alarms, by their names; none without `alarms`."
  value       = { for alarm in concat(values(aws_cloudwatch_metric_alarm.pass), aws_cloudwatch_metric_alarm.errors) : alarm.alarm_name => alarm.arn }
}
