import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** What the settings of every function of the bridge have in common. */
export interface BridgeFunctionOptions {
  /**
   * How long the function's logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;
}

interface BridgeFunctionProps extends BridgeFunctionOptions {
  readonly code: lambda.Code;
  readonly description: string;
  readonly environment?: Record<string, string>;
  readonly permissions: iam.PolicyStatement[];
  /** Takes the permissions, and others later. */
  readonly policy?: iam.PolicyDocument;
  readonly reservedConcurrentExecutions?: number;
  readonly roleName?: string;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly timeout: Duration;
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/** A function with a role and a log group of its own: no managed policy, nothing left behind by `cdk destroy`. */
export function bridgeFunction(scope: Construct, props: BridgeFunctionProps): lambda.Function {
  const logGroup = new logs.LogGroup(scope, 'LogGroup', {
    removalPolicy: RemovalPolicy.DESTROY,
    retention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
  });
  return new lambda.Function(scope, 'Function', {
    architecture: lambda.Architecture.ARM_64,
    code: props.code,
    description: props.description,
    environment: props.environment,
    handler: 'index.handler',
    logGroup,
    memorySize: 256,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    role: functionRole(scope, logGroup, props),
    runtime: lambda.Runtime.NODEJS_24_X,
    securityGroups: props.securityGroups,
    timeout: props.timeout,
    vpc: props.vpc,
    vpcSubnets: props.vpcSubnets,
  });
}

function functionRole(
  scope: Construct,
  logGroup: logs.ILogGroup,
  { permissions, policy = new iam.PolicyDocument(), roleName, vpc }: BridgeFunctionProps,
): iam.Role {
  const writeLogs = new iam.PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  const joinVpc = new iam.PolicyStatement({ actions: vpcActions, resources: ['*'] });
  policy.addStatements(...permissions, writeLogs, ...(vpc ? [joinVpc] : []));
  const role = new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Function: policy },
    roleName,
  });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'What is allowed on all resources are actions for which AWS has no resource-level permissions',
  });
  return role;
}

/** What Lambda demands of the role of a function in a VPC, and does itself by it. */
export const vpcActions: string[] = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];
