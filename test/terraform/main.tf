terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "local"
  secret_key                  = "local"
  skip_metadata_api_check     = true
  skip_credentials_validation = true

  default_tags {
    tags = { stack = "terraform" }
  }
}

variable "changed" {
  description = "Whether this is the second shape of the same things."
  type        = bool
  default     = false
}

variable "code" {
  description = "Path of the function's zip."
  type        = string
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}
