import { ApiGatewayAlbBridge, type ApiGatewayAlbBridgeProps } from 'albridge/cdk';
import { CfnOutput, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import type { Construct } from 'constructs';
import { leftOut } from '../left-out.ts';

/** With the bridge's `path`, which is straight to the ALB unless told otherwise. */
export interface BridgeStackProps
  extends StackProps,
    Pick<ApiGatewayAlbBridgeProps, 'drainTimeout' | 'path'> {
  /** Addresses of web servers in the VPC. */
  readonly targets: string[];
  readonly vpc: ec2.VpcAttributes;
}

/** An HTTP API that is led straight to a private ALB: no NLB, no function, nothing to keep in step. */
export class BridgeStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { drainTimeout, path = 'direct', targets, vpc, ...props }: BridgeStackProps,
  ) {
    super(scope, id, props);

    const bridge = new ApiGatewayAlbBridge(this, 'Bridge', {
      apiType: 'HTTP',
      drainTimeout,
      healthCheck: { path: '/hello' },
      path,
      targets: targets.map((address) => new IpTarget(address)),
      vpc: ec2.Vpc.fromVpcAttributes(this, 'Vpc', vpc),
    });
    Validations.of(bridge).acknowledge(leftOut.accessLogs, leftOut.authorizer, leftOut.loadBalancerLogs);

    new CfnOutput(this, 'ApiUrl', { value: bridge.url });
  }
}
