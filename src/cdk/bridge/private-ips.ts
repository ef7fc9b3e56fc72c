import { CustomResource, Duration, type IResolvable } from 'aws-cdk-lib';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type BridgeFunctionOptions, bridgeFunction } from '../bridge-function.ts';
import { functionCode } from '../function-code.ts';

/** Properties of `PrivateIps`. */
export interface PrivateIpsProps extends BridgeFunctionOptions {
  /** The load balancer whose private addresses are wanted. */
  readonly loadBalancer: elbv2.ILoadBalancerV2;

  /** The port that `securityGroupIngress` opens. */
  readonly listenerPort: number;

  /** The subnets of the load balancer: its addresses are read again when they change. */
  readonly subnetIds: string[];

  /**
   * The code of the function.
   *
   * @default - the function shipped with this package
   */
  readonly code?: lambda.Code;
}

/** The private addresses of a load balancer, read while the stack is deployed (`Custom::PrivateIps`). */
export class PrivateIps extends Construct {
  /** The function in Lambda that reads them. */
  readonly function: lambda.Function;

  /** One rule for each address, for a security group's `SecurityGroupIngress`. */
  readonly securityGroupIngress: IResolvable;

  constructor(scope: Construct, id: string, props: PrivateIpsProps) {
    super(scope, id);
    this.function = bridgeFunction(this, {
      code: props.code ?? functionCode('addresses'),
      description: 'Reads the private addresses of a load balancer for CloudFormation',
      logRetention: props.logRetention,
      permissions: [
        new iam.PolicyStatement({
          actions: ['ec2:DescribeNetworkInterfaces', 'elasticloadbalancing:DescribeLoadBalancers'],
          resources: ['*'],
        }),
      ],
      timeout: Duration.minutes(5),
    });
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::PrivateIps',
      serviceToken: this.function.functionArn,
      // Longer than the function's own time-out: its answer tells more than CloudFormation's.
      serviceTimeout: Duration.minutes(10),
      properties: {
        loadBalancerArn: props.loadBalancer.loadBalancerRef.loadBalancerArn,
        listenerPort: props.listenerPort,
        subnetIds: props.subnetIds,
      },
    });
    this.securityGroupIngress = resource.getAtt('privateIps');
  }
}
