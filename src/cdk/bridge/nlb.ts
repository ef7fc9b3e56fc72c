import { Duration, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { NlbPath } from './path.ts';

export interface BridgeNlbProps {
  readonly accessLogsBucket?: s3.IBucket;
  readonly crossZoneEnabled: boolean;
  /** Has the NLB a security group, which the ALB's admits instead of addresses. */
  readonly hasSecurityGroup: boolean;
  readonly loadBalancer?: elbv2.INetworkLoadBalancer;
  /** The ALB's listener; its port is that of the target groups. */
  readonly albPort: number;
  readonly certificate?: elbv2.IListenerCertificate;
  /** Whether the ALB is spoken to in TLS. */
  readonly isAlbEncrypted: boolean;
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
}

/** A listener, and the target group behind it. */
export interface NlbWay {
  readonly listener: elbv2.NetworkListener;
  readonly port: number;
  readonly targetGroup: elbv2.NetworkTargetGroup;
}

/** The NLB that VPC links end at. Each path has a listener and a target group of its own. */
export class BridgeNlb extends Construct {
  readonly loadBalancer: elbv2.INetworkLoadBalancer;
  readonly securityGroup?: ec2.SecurityGroup;
  readonly #props: BridgeNlbProps;

  constructor(scope: Construct, id: string, props: BridgeNlbProps) {
    super(scope, id);
    this.#props = props;
    if (props.loadBalancer) {
      this.loadBalancer = props.loadBalancer;
      return;
    }
    if (props.hasSecurityGroup) {
      this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
        allowAllOutbound: false,
        description: 'Marks the NLB, for the ALB to admit',
        vpc: props.vpc,
      });
    }
    const loadBalancer = new elbv2.NetworkLoadBalancer(this, 'Resource', {
      crossZoneEnabled: props.crossZoneEnabled,
      internetFacing: false,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      ...(this.securityGroup
        ? {
            // The VPC link's traffic comes by PrivateLink, from addresses that nobody could list.
            enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: false,
            securityGroups: [this.securityGroup],
          }
        : // With groups of its own, the NLB would also judge the VPC link's traffic by them.
          { disableSecurityGroups: true }),
    });
    this.loadBalancer = loadBalancer;
    if (!props.certificate) {
      const reason = 'An NLB logs connections of TLS listeners only, and this one has none';
      Validations.of(loadBalancer).acknowledge({ id: 'AwsSolutions-ELB2', reason });
    } else if (props.accessLogsBucket) {
      loadBalancer.logAccessLogs(props.accessLogsBucket, 'nlb');
    }
  }

  /** The listener of a path to an empty group that something fills, or to the ALB itself. */
  way(path: NlbPath, alb?: elbv2.INetworkLoadBalancerTarget): NlbWay {
    const { certificate, isAlbEncrypted, vpc } = this.#props;
    const suffix = `${path === 'alb-target' ? 'Alb' : ''}${isAlbEncrypted ? 'Tls' : ''}`;
    const targetGroup = new elbv2.NetworkTargetGroup(this, `${suffix}TargetGroup`, {
      port: this.#props.albPort,
      protocol: certificate && isAlbEncrypted ? elbv2.Protocol.TLS : elbv2.Protocol.TCP,
      vpc,
      ...(alb ? albGroup(alb, isAlbEncrypted) : addressGroup),
    });
    const port = this.#port(path);
    const listener = new elbv2.NetworkListener(this, `${suffix}${certificate ? 'Certified' : ''}Listener`, {
      defaultTargetGroups: [targetGroup],
      loadBalancer: this.loadBalancer,
      port,
      ...(certificate && { certificates: [certificate] }),
      protocol: certificate ? elbv2.Protocol.TLS : elbv2.Protocol.TCP,
    });
    return { listener, port, targetGroup };
  }

  /**
   * A new target group gets no health checks until a listener has it, so a listener that is given another group sends
   * to targets that nobody has checked. So both paths have one, side by side while a stack goes from one to the other.
   */
  #port(path: NlbPath): number {
    const { certificate, isAlbEncrypted } = this.#props;
    return (certificate || isAlbEncrypted ? 443 : 80) + (path === 'alb-target' ? 1 : 0);
  }
}

// A dead node costs requests until the health check notices: as quickly as an NLB allows at this interval.
const quickly = { healthyThresholdCount: 2, interval: Duration.seconds(10), unhealthyThresholdCount: 2 };

const addressGroup = {
  healthCheck: { ...quickly, protocol: elbv2.Protocol.TCP },
  // The ALB's security group admits the NLB's addresses, so those must be the ones it sees.
  preserveClientIp: false,
  targetType: elbv2.TargetType.IP,
};

function albGroup(
  alb: elbv2.INetworkLoadBalancerTarget,
  isAlbEncrypted: boolean,
): Partial<elbv2.NetworkTargetGroupProps> {
  return {
    healthCheck: {
      ...quickly,
      // Whatever it answers, the ALB is there; how its targets are is for its own checks.
      healthyHttpCodes: '200-599',
      path: '/',
      protocol: isAlbEncrypted ? elbv2.Protocol.HTTPS : elbv2.Protocol.HTTP,
    },
    targetType: elbv2.TargetType.ALB,
    targets: [alb],
  };
}
