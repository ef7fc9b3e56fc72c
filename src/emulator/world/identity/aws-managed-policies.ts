import type { ManagedPolicy } from './managed-policy.ts';

/** The policies of AWS's own that roles of functions are usually given, with their published documents. */
const actions: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  AWSCloudFormationReadOnlyAccess: [
    'cloudformation:Describe*',
    'cloudformation:EstimateTemplateCost',
    'cloudformation:Get*',
    'cloudformation:List*',
    'cloudformation:ValidateTemplate',
    'cloudformation:Detect*',
  ],
  ReadOnlyAccess: ['*:Describe*', '*:Get*', '*:List*'],
  'service-role/AWSLambdaBasicExecutionRole': [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  'service-role/AWSLambdaSQSQueueExecutionRole': [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ],
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:DescribeLogGroups',
    'logs:DescribeLogStreams',
    'logs:PutLogEvents',
    'logs:GetLogEvents',
    'logs:FilterLogEvents',
  ],
};

export function awsManagedPolicies(createdAt: number): ManagedPolicy[] {
  return Object.entries(actions).map(([path, allowed]) => managedPolicy(path, allowed, createdAt));
}

function managedPolicy(nameWithPath: string, allowed: readonly string[], createdAt: number): ManagedPolicy {
  const slash = nameWithPath.lastIndexOf('/');
  const name = nameWithPath.slice(slash + 1);
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }],
  });
  return {
    id: `ANPA${name.toUpperCase().slice(0, 17).padEnd(17, 'X')}`,
    name,
    path: `/${nameWithPath.slice(0, slash + 1)}`,
    arn: `arn:aws:iam::aws:policy/${nameWithPath}`,
    description: undefined,
    createdAt,
    updatedAt: createdAt,
    defaultVersionId: 'v1',
    versions: new Map([['v1', { id: 'v1', document, createdAt }]]),
    createdVersions: 1,
    tags: new Map(),
  };
}
