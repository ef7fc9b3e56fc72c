resource "aws_iam_role" "web" {
  name = "terraform-web"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_instance_profile" "web" {
  name = "terraform-web"
  role = aws_iam_role.web.name
}

resource "aws_launch_template" "web" {
  name                   = "terraform-web"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = var.changed ? "t4g.micro" : "t4g.nano"
  vpc_security_group_ids = [aws_security_group.alb.id]
  user_data              = base64encode("#!/bin/bash")

  iam_instance_profile {
    arn = aws_iam_instance_profile.web.arn
  }

  metadata_options {
    http_tokens = "required"
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { app = "web" }
  }
}

resource "aws_lb_target_group" "web" {
  name                 = "terraform-web"
  port                 = 80
  protocol             = "HTTP"
  vpc_id               = aws_vpc.this.id
  deregistration_delay = 10
}

resource "aws_autoscaling_group" "web" {
  name                      = "terraform-web"
  min_size                  = 1
  max_size                  = 4
  desired_capacity          = var.changed ? 3 : 2
  vpc_zone_identifier       = aws_subnet.private[*].id
  target_group_arns         = [aws_lb_target_group.web.arn]
  health_check_type         = "ELB"
  health_check_grace_period = 600

  launch_template {
    id      = aws_launch_template.web.id
    version = aws_launch_template.web.latest_version
  }

  tag {
    key                 = "app"
    value               = "web"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "web" {
  name                   = "terraform-web"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = var.changed ? 60 : 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_lb_target_group" "alb" {
  name        = "terraform-alb"
  port        = 80
  protocol    = "TCP"
  vpc_id      = aws_vpc.this.id
  target_type = "alb"
}

resource "aws_lb_target_group_attachment" "alb" {
  target_group_arn = aws_lb_target_group.alb.arn
  target_id        = aws_lb.alb.arn
  port             = 80
  depends_on       = [aws_lb_listener.http]
}

resource "aws_lb_listener" "alb" {
  load_balancer_arn = aws_lb.nlb.arn
  port              = 8080
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.alb.arn
  }
}
