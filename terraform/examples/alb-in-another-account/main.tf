# A target group here follows an ALB in another account, which is read by a role that is made there.

variable "alb_arn" {
  description = "The ALB in the other account."
  type        = string
}

variable "alb_account_role_arn" {
  description = "The role by which Terraform works in the ALB's account."
  type        = string
}

variable "target_group_arn" {
  description = "The target group in this account, in a VPC that reaches the ALB's."
  type        = string
}

provider "aws" {
  alias = "alb"

  assume_role {
    role_arn = var.alb_account_role_arn
  }
}

locals {
  external_id = "albridge"
}

module "albridge" {
  source = "../.."

  name = "across"

  bindings = {
    across = {
      sources = [{
        load_balancer = { arn = var.alb_arn }
        role          = { arn = aws_iam_role.reader.arn, external_id = local.external_id }
      }]
      sinks = { nlb = { target_group = { arn = var.target_group_arn, port = 80 } } }
    }
  }
}

# It trusts the role of the function, and allows what the module says that it has to.
resource "aws_iam_role" "reader" {
  provider = aws.alb

  name = "albridge-reader"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = module.albridge.role_arn }
      Condition = { StringEquals = { "sts:ExternalId" = local.external_id } }
    }]
  })
}

resource "aws_iam_role_policy" "reader" {
  provider = aws.alb

  name   = "albridge"
  role   = aws_iam_role.reader.id
  policy = module.albridge.role_policies[aws_iam_role.reader.arn]
}
