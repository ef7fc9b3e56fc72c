import type { Call, Service } from '../core/service.ts';
import type { OperationSchema } from '../wire/operation-schema.ts';

/** What a call needs of its caller's policies: an action, on each of some resources. */
export interface Permission {
  /** `elasticloadbalancing:RegisterTargets` */
  action: string;
  /** ARNs; `*` alone where IAM knows no resource for the action. */
  resources: string[];
}

type Input = Readonly<Record<string, unknown>>;

/** Services whose actions begin with another name than calls are signed for. */
const prefixes: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** Operations whose action has another name than they have themselves. */
const renamed: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  's3:HeadObject': 's3:GetObject',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:DeleteBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:PutBucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
  's3:DeleteBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:DeletePublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:UploadPart': 's3:PutObject',
  's3:CompleteMultipartUpload': 's3:PutObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:DeleteObjects': 's3:DeleteObject',
  'sns:PublishBatch': 'sns:Publish',
};

/** Which permission an operation needs; the Service Authorization Reference lists them. */
export function permissionFor(
  service: Service,
  operation: OperationSchema,
  input: unknown,
  { cell }: Call,
): Permission {
  const { signingName } = service.model;
  const isApiGateway = signingName === 'apigateway';
  const name = `${prefixes[signingName] ?? signingName}:${isApiGateway ? operation.http?.[0] : operation.name}`;
  const action = renamed[name] ?? name;
  const isRead = /:(Describe|List)/.test(action) && ['ec2', 'elasticloadbalancing'].includes(signingName);
  const resources = isRead ? [] : resourcesOf(signingName, (input ?? {}) as Input, cell);
  return { action, resources: resources.length > 0 ? resources : ['*'] };
}

function resourcesOf(service: string, input: Input, place: { region: string; account: string }): string[] {
  const arn = (kind: string, resource: string): string =>
    `arn:aws:${kind}:${place.region}:${place.account}:${resource}`;
  switch (service) {
    case 'elasticloadbalancing':
      return arnsIn(input);
    case 'ec2':
      return ec2Resource(input).map((resource) => arn('ec2', resource));
    case 'lambda':
      return texts(input.FunctionName).map((name) =>
        name.startsWith('arn:') ? name : arn('lambda', `function:${name}`),
      );
    case 'logs':
      return texts(input.logGroupName).map((group) => arn('logs', `log-group:${group}:${logStream(input)}`));
    case 'sqs':
      return texts(input.QueueUrl).map((url) => arn('sqs', url.slice(url.lastIndexOf('/') + 1)));
    case 'cloudformation':
      return texts(input.StackName).map((name) =>
        name.startsWith('arn:') ? name : arn('cloudformation', `stack/${name}/*`),
      );
    case 'ssm':
      return [input.Name ?? input.Path, input.Names]
        .flatMap(texts)
        .map((name) => (name.startsWith('arn:') ? name : arn('ssm', `parameter/${name.replace(/^\//, '')}`)));
    case 'monitoring':
      return cloudWatchResources(input, place);
    case 'sns':
      return texts(input.TopicArn ?? input.ResourceArn);
    case 'sts':
      return texts(input.RoleArn);
    case 's3':
      return texts(input.Bucket).map((bucket) => `arn:aws:s3:::${[bucket, ...texts(input.Key)].join('/')}`);
    default:
      return [];
  }
}

/** Metrics are no resources, and dashboards are in no region. */
function cloudWatchResources(
  input: Input,
  { region, account }: { region: string; account: string },
): string[] {
  const alarms = [input.AlarmName, input.AlarmNames].flatMap(texts);
  const dashboards = [input.DashboardName, input.DashboardNames].flatMap(texts);
  return [
    ...alarms.map((name) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`),
    ...dashboards.map((name) => `arn:aws:cloudwatch::${account}:dashboard/${name}`),
    ...texts(input.ResourceARN),
  ];
}

function logStream({ logStreamName }: Input): string {
  return texts(logStreamName)
    .map((stream) => `log-stream:${stream}`)
    .join('');
}

function arnsIn(input: Input): string[] {
  return Object.entries(input).flatMap(([name, value]) => (/Arns?$/.test(name) ? texts(value) : []));
}

/** The member that names what an EC2 action changes, and the kind of thing that is. */
const ec2Kinds = [
  ['GroupId', 'security-group'],
  ['PrefixListId', 'prefix-list'],
  ['NetworkInterfaceId', 'network-interface'],
  ['RouteTableId', 'route-table'],
  ['InternetGatewayId', 'internet-gateway'],
  ['VpcEndpointId', 'vpc-endpoint'],
  ['ServiceId', 'vpc-endpoint-service'],
  ['SubnetId', 'subnet'],
  ['VpcId', 'vpc'],
] as const;

function ec2Resource(input: Input): string[] {
  const [member, kind] = ec2Kinds.find(([name]) => input[name] !== undefined) ?? [];
  return member === undefined ? [] : texts(input[member]).map((id) => `${kind}/${id}`);
}

function texts(value: unknown): string[] {
  return [value].flat().filter((text) => typeof text === 'string');
}
