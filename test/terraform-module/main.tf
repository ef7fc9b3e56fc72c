# Another account: the local AWS takes twelve digits for its number.
provider "aws" {
  alias                       = "other"
  access_key                  = "222222222222"
  secret_key                  = "local"
  skip_metadata_api_check     = true
  skip_credentials_validation = true
}

variable "alb_arn" {
  description = "An ALB that something else has made."
  type        = string
}

variable "other_alb_arn" {
  description = "An ALB in the other account."
  type        = string
}

variable "vpc_id" {
  description = "The VPC of the first."
  type        = string
}

variable "changed" {
  description = "Whether this is the second shape of the same things."
  type        = bool
  default     = false
}
