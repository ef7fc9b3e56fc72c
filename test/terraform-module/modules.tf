module "albridge" {
  source = "../../terraform"

  name          = "albridge"
  tags          = { team = "network" }
  alarms        = true
  alarm_actions = [aws_sns_topic.news.arn]

  bindings = {
    web = {
      sources = [{ load_balancer = { arn = var.alb_arn } }]
      sinks = {
        nlb   = { target_group = { arn = aws_lb_target_group.web.arn, port = var.changed ? 8080 : 80 } }
        open  = { security_group = { id = aws_security_group.inline.id, ports = [80, 443] } }
        allow = { prefix_list = { id = aws_ec2_managed_prefix_list.apart.id } }
      }
    }

    names = {
      sources = [
        { dns = { name = "db.example.internal" } },
        { static = { addresses = ["10.0.9.9"] } },
      ]
      sinks = {
        apart  = { security_group = { id = aws_security_group.apart.id, port = 5432 } }
        shared = { target_group = { arn = aws_lb_target_group.shared.arn, port = 80 } }
      }
      policy = { mode = "upsert-only" }
    }

    across = {
      sources = [{
        load_balancer = { arn = var.other_alb_arn }
        role          = { arn = aws_iam_role.reader.arn, external_id = "shared" }
      }]
      sinks = {
        list = { prefix_list = { id = aws_ec2_managed_prefix_list.inline.id } }
      }
    }
  }
}

resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_iam_role" "reader" {
  provider = aws.other

  name = "reader"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = module.albridge.role_arn }
      Condition = { StringEquals = { "sts:ExternalId" = "shared" } }
    }]
  })
}

resource "aws_iam_role_policy" "reader" {
  provider = aws.other

  name   = "albridge"
  role   = aws_iam_role.reader.id
  policy = module.albridge.role_policies[aws_iam_role.reader.arn]
}

module "ticking" {
  source = "../../terraform"

  name   = "ticking"
  every  = var.changed ? "20s" : "30s"
  events = { interfaces = true, topics = { news = aws_sns_topic.news.arn } }

  bindings = {
    fast = {
      sources = [{ load_balancer = { arn = var.alb_arn } }]
      sinks   = { nlb = { target_group = { arn = aws_lb_target_group.shared.arn, port = 8443 } } }
    }
  }
}
