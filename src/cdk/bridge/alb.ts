import type { IResolvable } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AlbSecurityGroup } from './alb-security-group.ts';
import { type AlbTarget, reachable } from './alb-target.ts';

export interface BridgeAlbProps {
  readonly accessLogsBucket?: s3.IBucket;
  readonly certificate?: elbv2.IListenerCertificate;
  readonly healthCheck?: elbv2.HealthCheck;
  readonly pathPatterns: string[];
  readonly port: number;
  readonly securityGroupIngress?: IResolvable;
  readonly targetPort: number;
  readonly targets: AlbTarget[];
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
}

/** The ALB that forwards the given paths to the targets, and answers 404 to all others. */
export class BridgeAlb extends Construct {
  readonly listener: elbv2.ApplicationListener;
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly securityGroup: AlbSecurityGroup;
  readonly targetGroup: elbv2.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, props: BridgeAlbProps) {
    super(scope, id);
    const { certificate, port, vpc, vpcSubnets } = props;
    const securityGroup = new AlbSecurityGroup(this, 'SecurityGroup', {
      ingress: props.securityGroupIngress,
      vpc,
    });
    this.securityGroup = securityGroup;
    this.loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'Resource', {
      internetFacing: false,
      securityGroup: securityGroup.securityGroup,
      vpc,
      vpcSubnets,
    });
    if (props.accessLogsBucket) this.loadBalancer.logAccessLogs(props.accessLogsBucket, 'alb');
    this.targetGroup = new elbv2.ApplicationTargetGroup(this, 'TargetGroup', {
      healthCheck: props.healthCheck,
      port: props.targetPort,
      protocol: elbv2.ApplicationProtocol.HTTP,
      targets: props.targets.map((target) => reachable(target, securityGroup, props.targetPort)),
      vpc,
    });
    this.listener = new elbv2.ApplicationListener(this, certificate ? 'TlsListener' : 'Listener', {
      ...(certificate && { certificates: [certificate], sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS }),
      defaultAction: elbv2.ListenerAction.fixedResponse(404, {
        contentType: 'text/plain',
        messageBody: 'Not Found',
      }),
      loadBalancer: this.loadBalancer,
      open: false,
      port,
      protocol: certificate ? elbv2.ApplicationProtocol.HTTPS : elbv2.ApplicationProtocol.HTTP,
    });
    this.listener.addTargetGroups('Targets', {
      conditions: [elbv2.ListenerCondition.pathPatterns(props.pathPatterns)],
      priority: 1,
      targetGroups: [this.targetGroup],
    });
  }
}
