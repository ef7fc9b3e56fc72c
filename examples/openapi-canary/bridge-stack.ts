import { ApiGatewayAlbBridge, type ApiGatewayAlbBridgeProps } from 'albridge/cdk';
import { CfnOutput, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import type { Construct } from 'constructs';
import { leftOut } from '../left-out.ts';
import { document } from './document.ts';

/** With the bridge's `path`, without which the ALB itself is the target of the NLB. */
export interface BridgeStackProps
  extends StackProps,
    Pick<ApiGatewayAlbBridgeProps, 'drainTimeout' | 'path'> {
  /** The deployment that most requests stay with while one in ten goes to the newest: an output of the update before. */
  readonly stableDeploymentId?: string;
  /** Addresses of web servers in the VPC. */
  readonly targets: string[];
  readonly version: string;
  readonly vpc: ec2.VpcAttributes;
}

/** A REST API of an OpenAPI document, whose callers have keys and a quota, and whose versions begin as a canary. */
export class BridgeStack extends Stack {
  constructor(scope: Construct, id: string, props: BridgeStackProps) {
    super(scope, id, props);
    const { drainTimeout, path = 'alb-target', stableDeploymentId, targets, version, vpc } = props;

    const bridge = new ApiGatewayAlbBridge(this, 'Bridge', {
      ...(stableDeploymentId && { canary: { percentTraffic: 10, stableDeploymentId } }),
      drainTimeout,
      healthCheck: { path: '/hello' },
      openApi: document(version),
      path,
      retainDeployments: true,
      targets: targets.map((address) => new IpTarget(address)),
      usagePlan: {
        quota: { limit: 10_000, period: apigateway.Period.DAY },
        throttle: { burstLimit: 200, rateLimit: 100 },
      },
      vpc: ec2.Vpc.fromVpcAttributes(this, 'Vpc', vpc),
    });
    Validations.of(bridge).acknowledge(
      leftOut.accessLogs,
      leftOut.executionLogs,
      leftOut.firewall,
      leftOut.loadBalancerLogs,
    );

    const restApi = bridge.restApi as apigateway.SpecRestApi;
    new CfnOutput(this, 'ApiUrl', { value: bridge.url });
    new CfnOutput(this, 'ApiKeyId', { value: bridge.apiKeys[0]?.keyId ?? '' });
    new CfnOutput(this, 'DeploymentId', { value: restApi.latestDeployment?.deploymentId ?? '' });
  }
}
