const vpc = "Lambda's demand on the role of a function in a VPC (`vpc`)";
const queue = 'takes ticks and re-checks from the queue (`every` below a minute, `events`)';

/** What each action is for; an action that is granted has to have a reason here. */
const reasons = {
  'ec2:AuthorizeSecurityGroupIngress': 'allows addresses in',
  'ec2:DescribeManagedPrefixLists': "the list's maximum, version and state",
  'ec2:DescribeNetworkInterfaces': 'which addresses there are, and who holds one that is to go',
  'ec2:DescribeSecurityGroupRules': 'which rules there are, and whose they are',
  'ec2:DescribeVpcEndpoints': 'which interfaces the endpoint has',
  'ec2:DescribeVpcs': 'the ranges of the VPC: whether an address is its own',
  'ec2:GetManagedPrefixListEntries': 'which entries there are, and whose they are',
  'ec2:ModifyManagedPrefixList': 'adds and removes entries',
  'ec2:RevokeSecurityGroupIngress': 'takes the rules of former addresses away',
  'elasticloadbalancing:DeregisterTargets': 'takes former addresses out',
  'elasticloadbalancing:DescribeLoadBalancers': 'its VPC, its DNS name, and the name of its interfaces',
  'elasticloadbalancing:DescribeTargetGroups': "the group's VPC, port, family and type",
  'elasticloadbalancing:DescribeTargetHealth': 'which targets there are, and which of them are healthy',
  'elasticloadbalancing:RegisterTargets': 'puts addresses in',
  'logs:CreateLogStream': 'its log',
  'logs:PutLogEvents': 'its log',
  'sqs:DeleteMessage': queue,
  'sqs:GetQueueAttributes': queue,
  'sqs:ReceiveMessage': queue,
  'sqs:SendMessage': 'puts ticks and re-checks into the queue',
  'ssm:GetParametersByPath': 'its bindings, where there are several',
  'sts:AssumeRole': 'a role that a source or a sink is reached by (`role`)',
};

/** Why an action is in a statement. Throws where nobody has given a reason. */
export function reasonOf(action, statement) {
  const reason = statement.includes('ec2:CreateNetworkInterface') ? vpc : reasons[action];
  if (reason === undefined)
    throw new Error(`'${action}' is granted without a reason: give one in reasons.mjs`);
  return reason;
}
