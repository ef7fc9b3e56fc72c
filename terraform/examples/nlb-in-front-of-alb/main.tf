# An NLB, with its static addresses, in front of an ALB that is there: the NLB's target group follows the ALB's nodes.

variable "alb_arn" {
  description = "The ALB."
  type        = string
}

variable "alb_security_group_id" {
  description = "Its security group, which comes to admit the NLB's."
  type        = string
}

variable "vpc_id" {
  description = "The VPC of both."
  type        = string
}

variable "subnet_ids" {
  description = "The subnets of the NLB, in the zones of the ALB."
  type        = list(string)
}

resource "aws_security_group" "nlb" {
  name_prefix = "edge-nlb-"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "nlb_from_inside" {
  security_group_id = aws_security_group.nlb.id
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_egress_rule" "nlb_to_alb" {
  security_group_id            = aws_security_group.nlb.id
  referenced_security_group_id = var.alb_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_vpc_security_group_ingress_rule" "alb_from_nlb" {
  security_group_id            = var.alb_security_group_id
  referenced_security_group_id = aws_security_group.nlb.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_lb" "nlb" {
  name               = "edge"
  internal           = true
  load_balancer_type = "network"
  security_groups    = [aws_security_group.nlb.id]
  subnets            = var.subnet_ids
}

# No aws_lb_target_group_attachment: the targets are the updater's.
resource "aws_lb_target_group" "nodes" {
  name               = "edge-nodes"
  port               = 80
  protocol           = "TCP"
  target_type        = "ip"
  vpc_id             = var.vpc_id
  preserve_client_ip = false

  health_check {
    interval = 10
  }
}

resource "aws_lb_listener" "nlb" {
  load_balancer_arn = aws_lb.nlb.arn
  port              = 80
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.nodes.arn
  }
}

module "albridge" {
  source = "../.."

  name   = "edge"
  every  = "10s"
  alarms = true

  bindings = {
    edge = {
      sources = [{ load_balancer = { arn = var.alb_arn } }]
      sinks   = { nodes = { target_group = { arn = aws_lb_target_group.nodes.arn, port = 80 } } }
    }
  }
}

output "nlb_dns_name" {
  description = "Where the ALB is reached by static addresses."
  value       = aws_lb.nlb.dns_name
}
