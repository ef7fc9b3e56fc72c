locals {
  is_in_bucket = var.code.s3_bucket != null
  code_folder  = coalesce(var.code.folder, "${path.module}/../dist/lambda")
  sync_zip     = "${local.code_folder}/sync.zip"
}

resource "aws_cloudwatch_log_group" "sync" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_in_days
  tags              = var.tags
}

resource "aws_ssm_parameter" "binding" {
  for_each = local.in_parameters ? toset(keys(var.bindings)) : []

  name           = "${local.parameters_path}/${each.key}"
  description    = "A binding of albridge"
  type           = "String"
  insecure_value = jsonencode(local.binding_configs[each.key])
  tags           = var.tags

  lifecycle {
    precondition {
      condition     = length(jsonencode(local.binding_configs[each.key])) <= 4096
      error_message = "The binding ${each.key} must fit into a parameter of 4096 bytes, got ${length(jsonencode(local.binding_configs[each.key]))}: divide it into several bindings."
    }
  }

  # What is kept must be allowed before it is asked for.
  depends_on = [aws_iam_role_policy.sync]
}

resource "aws_lambda_function" "sync" {
  function_name = var.name
  description   = "Keeps target groups and allow-lists equal to addresses that move"
  role          = aws_iam_role.sync.arn
  runtime       = var.runtime
  handler       = "index.handler"
  architectures = ["arm64"]
  memory_size   = 256
  # Shorter than a minute: a slow pass ends before the next of the schedule begins.
  timeout          = 50
  filename         = local.is_in_bucket ? null : local.sync_zip
  source_code_hash = local.is_in_bucket ? null : filebase64sha256(local.sync_zip)
  s3_bucket        = var.code.s3_bucket
  s3_key           = local.is_in_bucket ? "${var.code.s3_prefix}sync.zip" : null

  reserved_concurrent_executions = coalesce(var.reserved_concurrent_executions, -1)

  environment {
    variables = local.in_parameters ? {
      ALBRIDGE_CONFIG_PARAMETERS = local.parameters_path
      } : {
      ALBRIDGE_CONFIG = jsonencode({ bindings = values(local.binding_configs) })
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  tags = var.tags

  lifecycle {
    precondition {
      condition     = local.is_in_bucket || fileexists(local.sync_zip)
      error_message = "There is no code of the function sync in ${local.sync_zip}: build it (npm ci && npm run build), or set code."
    }

    precondition {
      condition     = local.in_parameters || length(jsonencode(values(local.binding_configs))) <= 3900
      error_message = "A single binding must fit into the environment of a function, 3900 bytes, got ${length(jsonencode(values(local.binding_configs)))}: divide it into several bindings, which are kept in parameters."
    }
  }

  # Parameters are there before the function looks for them in place of its environment, and its log group before it logs.
  depends_on = [aws_cloudwatch_log_group.sync, aws_iam_role_policy.sync, aws_ssm_parameter.binding]
}

# A missed pass is made good by the next; retries would only add to a throttled account's calls.
resource "aws_lambda_function_event_invoke_config" "sync" {
  function_name                = aws_lambda_function.sync.function_name
  maximum_event_age_in_seconds = 60
  maximum_retry_attempts       = 0
}
