import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ReachOptions } from '../sync/reach-options.ts';
import type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';

/** The ALB behind a bridge, made or existing. */
export interface BridgedAlb {
  /** Of an ALB elsewhere, none may be known. */
  readonly listener?: elbv2.IApplicationListener;
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  readonly port: number;
  /** How to get at an ALB elsewhere. */
  readonly reach?: ReachOptions;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Of its targets, where it is made. */
  readonly targetGroup?: elbv2.ApplicationTargetGroup;
}

/** The port of the ALB's listener. */
export function albPort({ albCertificate, applicationListenerPort }: ApiGatewayAlbBridgeProps): number {
  return applicationListenerPort ?? (albCertificate ? 443 : 80);
}

/** The ALB that is there already, if there is one. */
export function existingAlb(props: ApiGatewayAlbBridgeProps): BridgedAlb | undefined {
  const { applicationListener, applicationLoadBalancer, applicationLoadBalancerReach } = props;
  if (!applicationLoadBalancer) return undefined;
  const [securityGroup] = applicationLoadBalancer.connections.securityGroups;
  if (!securityGroup) {
    throw new Error(
      'applicationLoadBalancer has no security group to admit the path in: import it with its securityGroupId',
    );
  }
  return {
    loadBalancer: applicationLoadBalancer,
    port: albPort(props),
    securityGroup,
    ...(applicationListener && { listener: applicationListener }),
    ...(applicationLoadBalancerReach && { reach: applicationLoadBalancerReach }),
  };
}

/** The ALB itself as the target of an NLB. */
export function albAsTarget({ listener, loadBalancer, port }: BridgedAlb): elbv2.INetworkLoadBalancerTarget {
  return {
    attachToNetworkTargetGroup(targetGroup): elbv2.LoadBalancerTargetProps {
      // Elastic Load Balancing refuses an ALB without a listener on the group's port.
      if (listener) targetGroup.node.addDependency(listener);
      return { targetJson: { id: loadBalancer.loadBalancerArn, port }, targetType: elbv2.TargetType.ALB };
    },
  };
}
