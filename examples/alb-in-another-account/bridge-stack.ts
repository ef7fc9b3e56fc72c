import { ApiGatewayAlbBridge } from 'albridge/cdk';
import { CfnOutput, type Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { leftOut } from '../left-out.ts';
import type { Agreement } from './agreement.ts';

export interface BridgeStackProps extends StackProps {
  readonly agreement: Agreement;
  readonly alb: elbv2.ApplicationLoadBalancerAttributes;
  /** The account of the ALB. */
  readonly albAccount: string;
  /**
   * How often the addresses are compared.
   *
   * @default - once a minute
   */
  readonly every?: Duration | undefined;
  readonly vpc: ec2.VpcAttributes;
}

/** An API in front of an ALB of another account, whose VPC is joined to this one by peering or a transit gateway. */
export class BridgeStack extends Stack {
  constructor(scope: Construct, id: string, props: BridgeStackProps) {
    super(scope, id, props);
    const { agreement, alb, albAccount, every, vpc } = props;
    const role = iam.Role.fromRoleArn(
      this,
      'Access',
      `arn:aws:iam::${albAccount}:role/${agreement.accessRoleName}`,
    );

    const bridge = new ApiGatewayAlbBridge(this, 'Bridge', {
      applicationLoadBalancer: elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(
        this,
        'Alb',
        alb,
      ),
      applicationLoadBalancerReach: { externalId: agreement.externalId, role },
      ...(every && { every }),
      roleName: agreement.syncRoleName,
      vpc: ec2.Vpc.fromVpcAttributes(this, 'Vpc', vpc),
    });
    Validations.of(bridge).acknowledge(
      leftOut.accessLogs,
      leftOut.authorizer,
      leftOut.executionLogs,
      leftOut.firewall,
      leftOut.userPool,
    );

    new CfnOutput(this, 'ApiUrl', { value: bridge.url });
  }
}
