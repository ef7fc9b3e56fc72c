variable "name" {
  description = "Names the function and, with a suffix, all that belongs to it; unique in the account."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name))
    error_message = "The name must be of 1 to 40 letters, digits, hyphens and underscores, got ${var.name}."
  }
}

variable "every" {
  description = "How often passes start: 5s, 6s, 10s, 12s, 15s, 20s, 30s, or whole minutes or hours from 1m to 24h. Below a minute it adds a queue and a function that fills it each minute."
  type        = string
  default     = "1m"
  nullable    = false

  validation {
    condition     = can(regex("^((5|6|10|12|15|20|30)s|[1-9][0-9]{0,3}m|([1-9]|1[0-9]|2[0-4])h)$", var.every)) && try(tonumber(trimsuffix(var.every, "m")) <= 1440, true)
    error_message = "The period must be one of 5s, 6s, 10s, 12s, 15s, 20s and 30s, or whole minutes or hours from 1m to 24h, got ${var.every}."
  }
}

variable "events" {
  description = "What starts a pass at once, besides the schedule. From a minute up it adds the queue and the function that make re-checks for two minutes after."
  nullable    = false

  type = object({
    interfaces = optional(bool, false)     # a load balancer makes or deletes one; needs a CloudTrail trail of management events
    databases  = optional(bool, false)     # an RDS instance or cluster of the account fails over
    topics     = optional(map(string), {}) # ARNs of SNS topics, for instance with RDS event notifications, by names of your own
  })

  default = {}
}

variable "code" {
  description = "Where the functions' code is, `sync.zip` and, with `every` below a minute or `events`, `dispatch.zip`: in a folder, or in a bucket below a prefix, another for each version. By default in the folder that lies beside the module in the npm package, and in a checkout after `npm run build`."
  nullable    = false

  type = object({
    folder    = optional(string)
    s3_bucket = optional(string)
    s3_prefix = optional(string, "") # "albridge/0.1.0/"
  })

  default = {}

  validation {
    condition     = var.code.folder == null || var.code.s3_bucket == null
    error_message = "The code must be in either a folder or a bucket, got both: leave one of them out."
  }
}

variable "runtime" {
  description = "The runtime of the functions: nodejs22.x, or nodejs24.x where the provider knows it."
  type        = string
  default     = "nodejs22.x"
  nullable    = false

  validation {
    condition     = contains(["nodejs22.x", "nodejs24.x"], var.runtime)
    error_message = "The runtime must be nodejs22.x or nodejs24.x, got ${var.runtime}: the functions are built for Node 22 and newer."
  }
}

variable "vpc" {
  description = "Puts `sync` into a VPC, whose DNS knows names that are private to it. There it reaches AWS by a NAT gateway, or by interface endpoints of what it calls: ec2, elasticloadbalancing; ssm with several bindings; sts with roles."
  default     = null

  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) > 0 && length(var.vpc.security_group_ids) > 0
    error_message = "A function in a VPC must have a subnet and a security group at least: name them, or leave vpc out."
  }
}

variable "reserved_concurrent_executions" {
  description = "Concurrency to set aside for `sync`: 1 makes passes run one after another. It is taken from what the account's other functions share."
  type        = number
  default     = null

  validation {
    condition     = try(var.reserved_concurrent_executions >= 1, true)
    error_message = "The concurrency must be 1 or more, got ${coalesce(var.reserved_concurrent_executions, 0)}: to stop the function, disable its rules."
  }
}

variable "log_retention_in_days" {
  description = "How long the functions' logs are kept; 0 keeps them for ever."
  type        = number
  default     = 30
  nullable    = false
}

variable "alarms" {
  description = "Whether there are alarms, derived from `every`: no pass succeeds, a source is unknown, removals are withheld, no target is healthy, invocations fail."
  type        = bool
  default     = false
  nullable    = false
}

variable "alarm_actions" {
  description = "ARNs, for instance of SNS topics, that are told when an alarm rings, and when it is over."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "permissions_boundary" {
  description = "The ARN of a policy that bounds what the functions' roles may do."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of all that the module makes."
  type        = map(string)
  default     = {}
  nullable    = false
}
