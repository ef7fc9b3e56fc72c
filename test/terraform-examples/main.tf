# The module's examples, as somebody's configuration would call them, and the module with all that it has.

locals {
  elb        = "arn:aws:elasticloadbalancing:us-east-1:000000000000"
  subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  vpc_id     = "vpc-0123456789abcdef0"
}

module "nlb_in_front_of_alb" {
  source = "../../terraform/examples/nlb-in-front-of-alb"

  alb_arn               = "${local.elb}:loadbalancer/app/web/0123456789abcdef"
  alb_security_group_id = "sg-0123456789abcdef0"
  subnet_ids            = local.subnet_ids
  vpc_id                = local.vpc_id
}

module "database_behind_nlb" {
  source = "../../terraform/examples/database-behind-nlb"

  database_name = "orders.cluster-abc.us-east-1.rds.amazonaws.com"
  subnet_ids    = local.subnet_ids
  vpc_id        = local.vpc_id
}

module "allow_list" {
  source = "../../terraform/examples/allow-list"

  nlb_arn           = "${local.elb}:loadbalancer/net/edge/0123456789abcdef"
  security_group_id = "sg-0123456789abcdef0"
}

module "alb_in_another_account" {
  source = "../../terraform/examples/alb-in-another-account"

  alb_account_role_arn = "arn:aws:iam::222222222222:role/terraform"
  alb_arn              = "arn:aws:elasticloadbalancing:us-east-1:222222222222:loadbalancer/app/web/0123456789abcdef"
  target_group_arn     = "${local.elb}:targetgroup/web/0123456789abcdef"
}

module "everything" {
  source = "../../terraform"

  name          = "everything"
  every         = "2h"
  events        = { interfaces = true, databases = true, topics = { rds = "arn:aws:sns:us-east-1:000000000000:rds" } }
  alarms        = true
  alarm_actions = ["arn:aws:sns:us-east-1:000000000000:alarms"]
  code          = { s3_bucket = "artifacts", s3_prefix = "albridge/0.1.0/" }
  vpc           = { subnet_ids = local.subnet_ids, security_group_ids = ["sg-0123456789abcdef0"] }

  reserved_concurrent_executions = 1

  bindings = {
    orders = {
      sources = [{ network_interfaces = { tags = { role = "web" } } }]
      sinks   = { nlb = { target_group = { arn = "${local.elb}:targetgroup/orders/0123456789abcdef", port = 80 } } }
    }

    clients = {
      sources = [{ vpc_endpoint = { id = "vpce-0123456789abcdef0" } }]
      sinks   = { list = { prefix_list = { id = "pl-0123456789abcdef0" }, region = "eu-west-1" } }
    }
  }
}
