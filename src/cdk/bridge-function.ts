import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
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
  readonly reservedConcurrentExecutions?: number;
  readonly timeout: Duration;
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
    role: functionRole(scope, logGroup, props.permissions),
    runtime: lambda.Runtime.NODEJS_24_X,
    timeout: props.timeout,
  });
}

function functionRole(
  scope: Construct,
  logGroup: logs.ILogGroup,
  permissions: iam.PolicyStatement[],
): iam.Role {
  const writeLogs = new iam.PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  return new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Function: new iam.PolicyDocument({ statements: [...permissions, writeLogs] }) },
  });
}
