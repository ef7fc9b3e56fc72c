# What the module refuses of its bindings, and what it cannot do without.

locals {
  group = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/web/0123456789abcdef"
}

module "bindings" {
  source = "../../../terraform"

  name = "bindings"

  bindings = {
    kinds = {
      sources = [
        {},
        { dns = { name = "10.0.0.1" }, static = { addresses = ["10.0.0.0/24"] } },
        { dns = { name = "db.example.internal", family = "any" }, region = "us-east-1" },
        { load_balancer = {} },
        { load_balancer = { arn = local.group } },
        { network_interfaces = { vpc_id = "vpc-0123456789abcdef0" } },
      ]
      sinks = {
        none  = {}
        group = { target_group = { arn = "web", port = 0 } }
        open  = { security_group = { id = "sg-0123456789abcdef0", port = 80, ports = [443] } }
        list  = { prefix_list = { id = "pl-0123456789abcdef0" }, policy = { mode = "replace" } }
        range = { security_group = { id = "sg-0123456789abcdef0", rules = [{ protocol = "icmp", from_port = 1, to_port = 70000 }] } }
      }
      policy = { min_healthy_percent = 101, max_removals = 0 }
    }

    twice = {
      sources = [{ static = { addresses = ["10.0.0.1"] } }]
      sinks = {
        first  = { target_group = { arn = local.group, port = 80 } }
        second = { target_group = { arn = local.group, port = 80 } }
      }
    }
  }
}

module "large" {
  source = "../../../terraform"

  name = "large"
  code = { folder = "nowhere" }

  bindings = {
    large = {
      sources = [{ static = { addresses = [for number in range(400) : "10.100.100.${number % 250}"] } }]
      sinks   = { list = { prefix_list = { id = "pl-0123456789abcdef0" } } }
    }
  }
}
