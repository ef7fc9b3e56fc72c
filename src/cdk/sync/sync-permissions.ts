/** What reading takes, by what is read: actions that have no resource-level permissions. */
export const readActions: Readonly<Record<ReadKind, readonly string[]>> = {
  'load-balancer': [
    'elasticloadbalancing:DescribeLoadBalancers',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeVpcs',
  ],
  'network-interfaces': ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs'],
  'prefix-list': ['ec2:DescribeManagedPrefixLists'],
  'security-group': ['ec2:DescribeSecurityGroupRules'],
  'target-group': [
    'ec2:DescribeVpcs',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
  ],
  'vpc-endpoint': ['ec2:DescribeVpcEndpoints', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs'],
};

/** What writing takes, on single resources. */
export const writeActions: Readonly<Record<SinkKind, string[]>> = {
  'prefix-list': ['ec2:GetManagedPrefixListEntries', 'ec2:ModifyManagedPrefixList'],
  'security-group': ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
  'target-group': ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
};

/** Sources that AWS is asked about. */
export type SourceKind = 'load-balancer' | 'network-interfaces' | 'vpc-endpoint';

/** What holds addresses. */
export type SinkKind = 'prefix-list' | 'security-group' | 'target-group';

type ReadKind = SourceKind | SinkKind;
