variable "bindings" {
  description = "What is kept in step, by the name that logs, metrics, rules and entries bear: the sources of the addresses, and the sinks that must hold them."
  nullable    = false

  type = map(object({
    # Where the addresses come from: one source, or several whose addresses are joined.
    sources = list(object({
      # Each is one of the following five.
      load_balancer = optional(object({
        arn          = optional(string)       # of an application or network load balancer; this or `description`
        description  = optional(string)       # its exact name, or its interfaces' description, "ELB app/<name>/<id>"
        early_drain  = optional(bool)         # leave out nodes that the DNS name no longer gives; default true
        name_servers = optional(list(string)) # that hold its DNS name, if it has more than eight nodes
      }))
      dns = optional(object({
        name    = string
        family  = optional(string)       # "ipv4" (default), "ipv6" or "both"
        servers = optional(list(string)) # to ask, each as "10.0.0.2" or "10.0.0.2:53"; default: the function's
      }))
      vpc_endpoint = optional(object({
        id = string
      }))
      network_interfaces = optional(object({ # that fit all that is given, at least one of the first three
        tags               = optional(map(string))
        security_group_ids = optional(list(string))
        subnet_ids         = optional(list(string))
        vpc_id             = optional(string)
      }))
      static = optional(object({
        addresses = list(string)
      }))

      region = optional(string) # where AWS is asked; default: that of the ARN, else the function's
      role = optional(object({  # as who; default: the function's own role
        arn          = string
        external_id  = optional(string)
        session_name = optional(string) # default "albridge"
      }))
    }))

    # What must hold them, by names of your own: logs, metrics and marks call the pair "<binding>.<sink>".
    sinks = map(object({
      # Each is one of the following three.
      target_group = optional(object({
        arn               = string           # of type "ip"
        port              = number           # the one that is managed; targets on others are left alone
        availability_zone = optional(string) # "all", "none" or a zone; default: by the ranges of the group's VPC
      }))
      security_group = optional(object({ # with one of `port`, `ports` and `rules`
        id       = string
        port     = optional(number)
        ports    = optional(list(number))
        protocol = optional(string) # of `port` and `ports`: "tcp" (default) or "udp"
        rules = optional(list(object({
          protocol  = string
          from_port = number
          to_port   = number
        })))
      }))
      prefix_list = optional(object({
        id = string
      }))

      policy = optional(object({ # default: that of the binding
        mode                = optional(string, "sync")
        min_healthy_percent = optional(number)
        max_removals        = optional(number)
      }))

      region = optional(string) # where AWS is called; default: that of the ARN, else the function's
      role = optional(object({  # as who; default: the function's own role
        arn          = string
        external_id  = optional(string)
        session_name = optional(string) # default "albridge"
      }))
    }))

    # What may be removed, and when.
    policy = optional(object({
      mode                = optional(string, "sync") # "sync": exactly the source's addresses; "upsert-only": no removals
      min_healthy_percent = optional(number)         # of the targets, before one that still serves goes; default 100
      max_removals        = optional(number)         # in one pass; default: no limit
    }), {})
  }))

  validation {
    condition     = length(var.bindings) > 0
    error_message = "There must be at least one binding, got none: give it a name, sources and sinks."
  }

  validation {
    condition     = alltrue([for name in keys(var.bindings) : can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$", name))])
    error_message = "The name of a binding must be of at most 128 letters, digits, dots, hyphens and underscores, got ${join(", ", keys(var.bindings))}."
  }

  validation {
    condition     = alltrue([for binding in var.bindings : length(binding.sources) > 0 && length(binding.sinks) > 0])
    error_message = "A binding must have a source and a sink at least, got ${join(", ", [for name, binding in var.bindings : "${length(binding.sources)} and ${length(binding.sinks)} in ${name}"])}."
  }

  validation {
    condition     = alltrue([for name in flatten([for binding in values(var.bindings) : keys(binding.sinks)]) : can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", name))])
    error_message = "The name of a sink must be of at most 64 letters, digits, dots, hyphens and underscores, got ${join(", ", flatten([for binding in values(var.bindings) : keys(binding.sinks)]))}."
  }
}
