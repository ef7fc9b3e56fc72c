# What is wrong with the bindings: all of it at once, each with its place, which a validation of the variable could only
# do by saying everything twice. One value that only the apply will know puts off the list that it is in, so what is
# known without any resource has lists of its own.
locals {
  sources = merge([
    for name, binding in var.bindings : {
      for index, source in binding.sources : "bindings.${name}.sources[${index}]" => source
    }
  ]...)

  sinks = merge([
    for name, binding in var.bindings : {
      for key, sink in binding.sinks : "bindings.${name}.sinks.${key}" => sink
    }
  ]...)

  policies = merge(
    { for name, binding in var.bindings : "bindings.${name}.policy" => binding.policy },
    { for place, sink in local.sinks : "${place}.policy" => sink.policy if sink.policy != null },
  )

  kinds = merge(
    {
      for place, source in local.sources : place => {
        load_balancer      = source.load_balancer != null
        dns                = source.dns != null
        vpc_endpoint       = source.vpc_endpoint != null
        network_interfaces = source.network_interfaces != null
        static             = source.static != null
      }
    },
    {
      for place, sink in local.sinks : place => {
        target_group   = sink.target_group != null
        security_group = sink.security_group != null
        prefix_list    = sink.prefix_list != null
      }
    },
  )

  ports = {
    for place, sink in local.sinks : place => [
      for port in flatten([
        try(sink.target_group.port, null),
        try(sink.security_group.port, null),
        try(sink.security_group.ports, null),
        try([for rule in sink.security_group.rules : [rule.from_port, rule.to_port]], null),
      ]) : port if port != null
    ]
  }

  protocols = {
    for place, sink in local.sinks : place => [
      for protocol in flatten([
        try(sink.security_group.protocol, null),
        try(sink.security_group.rules[*].protocol, null),
      ]) : protocol if protocol != null
    ]
  }

  problems_of_shape = concat(
    [
      for place, kinds in local.kinds : "${place}: expected one of ${join(", ", keys(kinds))}, got ${try(coalesce(join(" and ", [for kind, given in kinds : kind if given])), "none")}"
      if length([for given in values(kinds) : given if given]) != 1
    ],
    [
      for place, source in local.sources : "${place}: expected neither region nor role, as AWS is not asked about dns and static"
      if !(source.dns == null && source.static == null) && !(source.region == null && source.role == null)
    ],
  )

  problems_of_settings = concat(
    flatten([
      for place, ports in local.ports : [
        for port in ports : "${place}: expected ports from 1 to 65535, got ${port}" if port < 1 || port > 65535 || floor(port) != port
      ]
    ]),
    flatten([
      for place, protocols in local.protocols : [
        for protocol in protocols : "${place}: expected the protocol tcp or udp, got ${protocol}" if !contains(["tcp", "udp"], protocol)
      ]
    ]),
    [
      for place, sink in local.sinks : "${place}: expected one of port, ports (both with or without protocol) and rules"
      if sink.security_group == null ? false : (
        length([for given in [sink.security_group.port != null, sink.security_group.ports != null, sink.security_group.rules != null] : given if given]) != 1
        || (sink.security_group.rules != null && sink.security_group.protocol != null)
      )
    ],
    [
      for place, source in local.sources : "${place}: expected the family ipv4, ipv6 or both, got ${source.dns.family}"
      if try(!contains(["ipv4", "ipv6", "both"], source.dns.family), false)
    ],
    [
      for place, policy in local.policies : "${place}: expected the mode sync (exactly the addresses of the sources) or upsert-only (nothing is removed), got ${policy.mode}"
      if !contains(["sync", "upsert-only"], policy.mode)
    ],
    [
      for place, policy in local.policies : "${place}: expected min_healthy_percent from 0 to 100, got ${policy.min_healthy_percent}"
      if try(policy.min_healthy_percent < 0 || policy.min_healthy_percent > 100, false)
    ],
    [
      for place, policy in local.policies : "${place}: expected max_removals from 1 up, got ${policy.max_removals}: the mode upsert-only removes nothing"
      if try(policy.max_removals < 1, false)
    ],
  )

  # The parts of target groups that sinks have to themselves: two that sync the same would undo each other's work.
  exclusive = flatten([
    for binding in values(var.bindings) : [
      for sink in values(binding.sinks) : "port ${sink.target_group.port} of ${sink.target_group.arn}"
      if sink.target_group != null && coalesce(sink.policy, binding.policy).mode == "sync"
    ]
  ])

  problems_of_references = concat(
    [
      for place, source in local.sources : "${place}: expected either arn or description of the load balancer"
      if source.load_balancer == null ? false : (source.load_balancer.arn == null) == (source.load_balancer.description == null)
    ],
    [
      for place, source in local.sources : "${place}: expected the arn of an application or network load balancer, got ${source.load_balancer.arn}"
      if try(source.load_balancer.arn != null && !can(regex("^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/(app|net)/", source.load_balancer.arn)), false)
    ],
    [
      for place, source in local.sources : "${place}: expected a name such as db.example.internal, got ${source.dns.name}: an address is of the kind static"
      if source.dns == null ? false : can(cidrhost("${source.dns.name}/32", 0)) || !can(regex("^[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*[.]?$", source.dns.name))
    ],
    [
      for place, source in local.sources : "${place}: expected at least one of tags, security_group_ids and subnet_ids"
      if source.network_interfaces == null ? false : source.network_interfaces.security_group_ids == null && source.network_interfaces.subnet_ids == null && try(length(source.network_interfaces.tags), 0) == 0
    ],
    flatten([
      for place, source in local.sources : [
        for address in source.static.addresses : "${place}: expected addresses without a prefix length, got ${address}" if !can(cidrhost("${address}/32", 0))
      ] if source.static != null
    ]),
    [
      for place, sink in local.sinks : "${place}: expected the arn of a target group, got ${sink.target_group.arn}"
      if sink.target_group == null ? false : !can(regex("^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:targetgroup/", sink.target_group.arn))
    ],
    [
      for part in distinct(local.exclusive) : "${part}: expected one sink in mode sync, got several, which would undo each other's work: join their sources in one binding"
      if length([for other in local.exclusive : other if other == part]) > 1
    ],
  )
}
