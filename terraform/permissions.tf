# ARNs of the module's own are put together here rather than read from its resources, so that a plan shows permissions in
# full.
locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  # Not `name`, which newer providers deprecate, nor `region`, which older ones lack.
  region = data.aws_region.current.id

  interface_reads = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeVpcs"]

  # What each source and sink needs, and as who it is read or written: reads have no resource-level permissions.
  needs = merge(
    {
      for place, source in local.sources : place => {
        role = source.role
        reads = concat(
          source.load_balancer == null ? [] : concat(["elasticloadbalancing:DescribeLoadBalancers"], local.interface_reads),
          source.vpc_endpoint == null ? [] : concat(["ec2:DescribeVpcEndpoints"], local.interface_reads),
          source.network_interfaces == null ? [] : local.interface_reads,
        )
        writes   = []
        resource = null
      }
    },
    {
      for place, sink in local.sinks : place => {
        role = sink.role
        reads = concat(
          sink.target_group == null ? [] : ["ec2:DescribeVpcs", "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth"],
          sink.security_group == null ? [] : ["ec2:DescribeSecurityGroupRules"],
          sink.prefix_list == null ? [] : ["ec2:DescribeManagedPrefixLists"],
        )
        writes = concat(
          sink.target_group == null ? [] : ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
          sink.security_group == null ? [] : ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
          sink.prefix_list == null ? [] : ["ec2:GetManagedPrefixListEntries", "ec2:ModifyManagedPrefixList"],
        )
        resource = sink.target_group != null ? sink.target_group.arn : join(":", [
          "arn",
          local.partition,
          "ec2",
          coalesce(sink.region, local.region),
          sink.role == null ? local.account : split(":", sink.role.arn)[4],
          sink.security_group != null ? "security-group/${sink.security_group.id}" : "prefix-list/${try(sink.prefix_list.id, "")}",
        ])
      }
    },
  )

  role_arns = distinct([for need in values(local.needs) : need.role.arn if need.role != null])

  # Of the function's own role, and of each that it assumes.
  needs_by_role = merge(
    { own = [for need in values(local.needs) : need if need.role == null] },
    { for arn in local.role_arns : arn => [for need in values(local.needs) : need if try(need.role.arn, null) == arn] },
  )

  statements_by_role = {
    for role, needs in local.needs_by_role : role => concat(
      [
        for reads in [sort(distinct(flatten(needs[*].reads)))] : { Effect = "Allow", Action = reads, Resource = ["*"] } if length(reads) > 0
      ],
      [
        for writes in distinct([for need in needs : need.writes if length(need.writes) > 0]) : {
          Effect   = "Allow"
          Action   = writes
          Resource = distinct([for need in needs : need.resource if need.writes == writes])
        }
      ],
    )
  }

  sync_statements = concat(
    local.statements_by_role.own,
    length(local.role_arns) == 0 ? [] : [{ Effect = "Allow", Action = ["sts:AssumeRole"], Resource = local.role_arns }],
    !local.in_parameters ? [] : [{
      Effect   = "Allow"
      Action   = ["ssm:GetParametersByPath"]
      Resource = ["arn:${local.partition}:ssm:${local.region}:${local.account}:parameter${local.parameters_path}"]
    }],
    !local.has_dispatch ? [] : [{
      Effect   = "Allow"
      Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
      Resource = [local.queue_arn]
    }],
    [{ Effect = "Allow", Action = local.log_writes, Resource = ["${local.log_groups_arn}/aws/lambda/${var.name}:*"] }],
    # What Lambda demands of the role of a function in a VPC, and does itself by it.
    var.vpc == null ? [] : [{
      Effect = "Allow"
      Action = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ]
      Resource = ["*"]
    }],
  )

  log_writes     = ["logs:CreateLogStream", "logs:PutLogEvents"]
  log_groups_arn = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:"

  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "sync" {
  name                 = var.name
  description          = "Of the function ${var.name}, which keeps addresses in step"
  assume_role_policy   = local.trust
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy" "sync" {
  name   = "sync"
  role   = aws_iam_role.sync.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.sync_statements })

  # The bindings are checked here, as nothing of them is allowed, written or kept before this.
  lifecycle {
    precondition {
      condition     = length(local.problems_of_shape) == 0
      error_message = join("\n", local.problems_of_shape)
    }

    precondition {
      condition     = length(local.problems_of_settings) == 0
      error_message = join("\n", local.problems_of_settings)
    }

    precondition {
      condition     = length(local.problems_of_references) == 0
      error_message = join("\n", local.problems_of_references)
    }

    precondition {
      condition     = length(jsonencode(local.sync_statements)) <= 10000
      error_message = "The permissions of a role must fit into 10240 characters, got ${length(jsonencode(local.sync_statements))} for ${length(local.sinks)} sinks: divide the bindings between two modules."
    }
  }
}
