import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

export interface BridgeNlbProps {
  readonly crossZoneEnabled: boolean;
  readonly port: number;
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
}

/** The NLB that the VPC link ends at, and the ip target group that follows the ALB. */
export class BridgeNlb extends Construct {
  readonly loadBalancer: elbv2.NetworkLoadBalancer;
  readonly targetGroup: elbv2.NetworkTargetGroup;

  constructor(scope: Construct, id: string, props: BridgeNlbProps) {
    super(scope, id);
    this.loadBalancer = new elbv2.NetworkLoadBalancer(this, 'Resource', {
      crossZoneEnabled: props.crossZoneEnabled,
      // With groups of its own, the NLB would also judge the VPC link's traffic by them.
      disableSecurityGroups: true,
      internetFacing: false,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
    });
    this.targetGroup = new elbv2.NetworkTargetGroup(this, 'TargetGroup', {
      // A dead node costs requests until the health check notices: as quickly as an NLB allows at this interval.
      healthCheck: {
        healthyThresholdCount: 2,
        interval: Duration.seconds(10),
        protocol: elbv2.Protocol.TCP,
        unhealthyThresholdCount: 2,
      },
      port: props.port,
      // The ALB's security group admits the NLB's addresses, so those must be the ones it sees.
      preserveClientIp: false,
      protocol: elbv2.Protocol.TCP,
      targetType: elbv2.TargetType.IP,
      vpc: props.vpc,
    });
    new elbv2.NetworkListener(this, 'Listener', {
      defaultTargetGroups: [this.targetGroup],
      loadBalancer: this.loadBalancer,
      port: props.port,
      protocol: elbv2.Protocol.TCP,
    });
  }
}
