# The bindings in the words of ALBRIDGE_CONFIG, without what is not given: the function takes no null.
locals {
  reaches = {
    for place, one in merge(
      { for place, source in local.sources : place => { region = source.region, role = source.role } },
      { for place, sink in local.sinks : place => { region = sink.region, role = sink.role } },
      ) : place => {
      region = one.region
      role = one.role == null ? null : {
        for field, value in {
          arn         = one.role.arn
          externalId  = one.role.external_id
          sessionName = one.role.session_name
        } : field => value if value != null
      }
    }
  }

  source_configs = {
    for place, source in local.sources : place => {
      for field, value in merge(
        source.load_balancer == null ? null : {
          type        = "load-balancer"
          arn         = source.load_balancer.arn
          description = source.load_balancer.description
          earlyDrain  = source.load_balancer.early_drain
          nameServers = source.load_balancer.name_servers
        },
        source.dns == null ? null : {
          type    = "dns"
          name    = source.dns.name
          family  = source.dns.family
          servers = source.dns.servers
        },
        source.vpc_endpoint == null ? null : {
          type = "vpc-endpoint"
          id   = source.vpc_endpoint.id
        },
        source.network_interfaces == null ? null : {
          type             = "network-interfaces"
          tags             = source.network_interfaces.tags
          securityGroupIds = source.network_interfaces.security_group_ids
          subnetIds        = source.network_interfaces.subnet_ids
          vpcId            = source.network_interfaces.vpc_id
        },
        source.static == null ? null : {
          type      = "static"
          addresses = source.static.addresses
        },
        local.reaches[place],
      ) : field => value if value != null
    }
  }

  policy_configs = {
    for place, policy in local.policies : place => {
      for field, value in {
        mode              = policy.mode
        minHealthyPercent = policy.min_healthy_percent
        maxRemovals       = policy.max_removals
      } : field => value if value != null
    }
  }

  sink_configs = {
    for place, sink in local.sinks : place => {
      for field, value in merge(
        sink.target_group == null ? null : {
          type             = "target-group"
          arn              = sink.target_group.arn
          port             = sink.target_group.port
          availabilityZone = sink.target_group.availability_zone
        },
        sink.security_group == null ? null : {
          type     = "security-group"
          id       = sink.security_group.id
          port     = sink.security_group.port
          ports    = sink.security_group.ports
          protocol = sink.security_group.protocol
          rules = sink.security_group.rules == null ? null : [
            for rule in sink.security_group.rules : { protocol = rule.protocol, fromPort = rule.from_port, toPort = rule.to_port }
          ]
        },
        sink.prefix_list == null ? null : {
          type = "prefix-list"
          id   = sink.prefix_list.id
        },
        local.reaches[place],
        { policy = lookup(local.policy_configs, "${place}.policy", null) },
      ) : field => value if value != null
    }
  }

  binding_configs = {
    for name, binding in var.bindings : name => {
      name = name
      source = [
        local.source_configs["bindings.${name}.sources[0]"],
        {
          type    = "merged"
          sources = [for index in range(length(binding.sources)) : local.source_configs["bindings.${name}.sources[${index}]"]]
        },
      ][length(binding.sources) > 1 ? 1 : 0]
      sinks = [
        for key in keys(binding.sinks) : merge({ name = key }, local.sink_configs["bindings.${name}.sinks.${key}"])
      ]
      policy = local.policy_configs["bindings.${name}.policy"]
    }
  }

  # One binding is in the environment of the function; several are in parameters, as it has no room for many.
  in_parameters   = length(var.bindings) > 1
  parameters_path = "/albridge/${var.name}/bindings"

  # What the metrics' dimension Binding says, and the mark of rules and entries.
  passes = merge([
    for name, binding in var.bindings : {
      for key, sink in binding.sinks : "${name}.${key}" => { has_health = sink.target_group != null }
    }
  ]...)
}
