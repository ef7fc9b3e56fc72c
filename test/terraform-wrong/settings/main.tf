# What the module refuses of its settings.

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
}

module "settings" {
  source = "../../../terraform"

  name      = "too.many.dots"
  every     = "45s"
  runtime   = "python3.13"
  sync_code = { s3_bucket = "artifacts" }
  vpc       = { subnet_ids = [], security_group_ids = [] }
  bindings  = { "one two" = { sources = [], sinks = { "three four" = {} } } }

  reserved_concurrent_executions = 0
}
