# What the updater writes to: a user's own resources, as the module's README says to write them.

resource "aws_lb_target_group" "web" {
  name        = "web"
  port        = 80
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = var.vpc_id
}

resource "aws_lb_target_group" "shared" {
  name        = "shared"
  port        = 80
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = var.vpc_id
}

resource "aws_security_group" "inline" {
  name   = "inline"
  vpc_id = var.vpc_id

  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["10.0.0.0/16"]
  }

  lifecycle {
    ignore_changes = [ingress]
  }
}

resource "aws_security_group" "apart" {
  name   = "apart"
  vpc_id = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "office" {
  security_group_id = aws_security_group.apart.id
  cidr_ipv4         = "10.40.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_ec2_managed_prefix_list" "inline" {
  name           = "inline"
  address_family = "IPv4"
  max_entries    = 20

  entry {
    cidr        = "10.40.0.0/16"
    description = "office"
  }

  lifecycle {
    ignore_changes = [entry]
  }
}

resource "aws_ec2_managed_prefix_list" "apart" {
  name           = "apart"
  address_family = "IPv4"
  max_entries    = 20
}

resource "aws_ec2_managed_prefix_list_entry" "office" {
  prefix_list_id = aws_ec2_managed_prefix_list.apart.id
  cidr           = "10.40.0.0/16"
  description    = "office"
}
