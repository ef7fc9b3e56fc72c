# A database's name behind an NLB, offered to other accounts by PrivateLink: the target group follows failovers.

variable "database_name" {
  description = "The DNS name of the instance or cluster, such as orders.cluster-abc.eu-west-1.rds.amazonaws.com."
  type        = string
}

variable "database_port" {
  description = "Its port."
  type        = number
  default     = 5432
}

variable "vpc_id" {
  description = "The VPC of both."
  type        = string
}

variable "subnet_ids" {
  description = "The subnets of the NLB."
  type        = list(string)
}

resource "aws_lb" "nlb" {
  name                             = "database"
  internal                         = true
  load_balancer_type               = "network"
  subnets                          = var.subnet_ids
  enable_cross_zone_load_balancing = true
}

resource "aws_lb_target_group" "database" {
  name               = "database"
  port               = var.database_port
  protocol           = "TCP"
  target_type        = "ip"
  vpc_id             = var.vpc_id
  preserve_client_ip = false
  # After a failover, connections to the former writer are of no use.
  connection_termination = true
  deregistration_delay   = 10

  health_check {
    interval = 10
  }
}

resource "aws_lb_listener" "nlb" {
  load_balancer_arn = aws_lb.nlb.arn
  port              = var.database_port
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.database.arn
  }
}

resource "aws_vpc_endpoint_service" "database" {
  acceptance_required        = true
  network_load_balancer_arns = [aws_lb.nlb.arn]
}

module "albridge" {
  source = "../.."

  name   = "database"
  every  = "10s"
  events = { databases = true }

  bindings = {
    database = {
      sources = [{ dns = { name = var.database_name } }]
      sinks   = { nlb = { target_group = { arn = aws_lb_target_group.database.arn, port = var.database_port } } }
    }
  }
}

output "service_name" {
  description = "What other accounts make an endpoint for."
  value       = aws_vpc_endpoint_service.database.service_name
}
