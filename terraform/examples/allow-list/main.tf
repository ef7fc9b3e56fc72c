# The addresses of an NLB without security groups, admitted by a security group, and held by a prefix list for others.

variable "nlb_arn" {
  description = "The NLB."
  type        = string
}

variable "security_group_id" {
  description = "The security group that admits it."
  type        = string
}

# No entries here: they are the updater's. The maximum counts as rules wherever a security group refers to the list.
resource "aws_ec2_managed_prefix_list" "nlb" {
  name           = "nlb"
  address_family = "IPv4"
  max_entries    = 10
}

module "albridge" {
  source = "../.."

  name  = "allow-nlb"
  every = "5m"

  bindings = {
    nlb = {
      sources = [{ load_balancer = { arn = var.nlb_arn } }]
      sinks = {
        group = { security_group = { id = var.security_group_id, ports = [80, 443] } }
        list  = { prefix_list = { id = aws_ec2_managed_prefix_list.nlb.id } }
      }
    }
  }
}

output "prefix_list_id" {
  description = "For rules, route tables and firewalls that refer to the list."
  value       = aws_ec2_managed_prefix_list.nlb.id
}
