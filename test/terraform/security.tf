resource "aws_ec2_managed_prefix_list" "clients" {
  name           = "terraform-clients"
  address_family = "IPv4"
  max_entries    = var.changed ? 6 : 5

  entry {
    cidr        = "10.30.0.0/16"
    description = "peer"
  }

  dynamic "entry" {
    for_each = var.changed ? ["10.31.0.0/16"] : []
    content {
      cidr = entry.value
    }
  }
}

resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "terraform-offices"
  address_family = "IPv4"
  max_entries    = 3
}

resource "aws_ec2_managed_prefix_list_entry" "office" {
  prefix_list_id = aws_ec2_managed_prefix_list.offices.id
  cidr           = var.changed ? "10.41.0.0/16" : "10.40.0.0/16"
  description    = "office"
}

resource "aws_security_group" "nlb" {
  name        = "terraform-nlb"
  description = "NLB"
  vpc_id      = aws_vpc.this.id

  ingress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 80
    prefix_list_ids = [aws_ec2_managed_prefix_list.clients.id]
    description     = "clients"
  }

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = var.changed ? ["10.20.0.0/16"] : ["10.20.0.0/16", "10.50.0.0/16"]
  }

  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_security_group" "alb" {
  name_prefix = "terraform-alb-"
  vpc_id      = aws_vpc.this.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "alb_from_nlb" {
  security_group_id            = aws_security_group.alb.id
  referenced_security_group_id = aws_security_group.nlb.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = var.changed ? 81 : 80
  description                  = "NLB"
  tags                         = { Name = "from-nlb" }
}

resource "aws_vpc_security_group_ingress_rule" "alb_from_offices" {
  security_group_id = aws_security_group.alb.id
  prefix_list_id    = aws_ec2_managed_prefix_list.offices.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_egress_rule" "alb_out" {
  security_group_id = aws_security_group.alb.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_security_group_rule" "alb_self" {
  security_group_id = aws_security_group.alb.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 8080
  to_port           = 8080
  self              = true
}
