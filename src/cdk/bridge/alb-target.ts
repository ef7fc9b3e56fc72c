import { isIPv4 } from 'node:net';
import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { AlbSecurityGroup } from './alb-security-group.ts';

/** What an ALB can forward to: any target of an ALB, or an instance itself. */
export type AlbTarget = elbv2.IApplicationLoadBalancerTarget | ec2.IInstance;

/** The target, which also lets the ALB reach it where it is an address or an instance. */
export function reachable(
  target: AlbTarget,
  securityGroup: AlbSecurityGroup,
  defaultPort: number,
): elbv2.IApplicationLoadBalancerTarget {
  return isInstance(target) ? instanceTarget(target) : withEgress(target, securityGroup, defaultPort);
}

function isInstance(target: AlbTarget): target is ec2.IInstance {
  return 'instanceId' in target && 'connections' in target;
}

// Unlike CDK's InstanceTarget, which leaves the security groups to its user.
function instanceTarget(instance: ec2.IInstance): elbv2.IApplicationLoadBalancerTarget {
  return {
    attachToApplicationTargetGroup(targetGroup): elbv2.LoadBalancerTargetProps {
      targetGroup.registerConnectable(instance);
      return { targetJson: { id: instance.instanceId }, targetType: elbv2.TargetType.INSTANCE };
    },
  };
}

function withEgress(
  target: elbv2.IApplicationLoadBalancerTarget,
  securityGroup: AlbSecurityGroup,
  defaultPort: number,
): elbv2.IApplicationLoadBalancerTarget {
  return {
    attachToApplicationTargetGroup(targetGroup): elbv2.LoadBalancerTargetProps {
      const attached = target.attachToApplicationTargetGroup(targetGroup);
      if (attached.targetType === elbv2.TargetType.IP && attached.targetJson) {
        const { id, port } = attached.targetJson;
        checkAddress(id);
        securityGroup.allowToAddress(id, port ?? defaultPort);
      }
      return attached;
    },
  };
}

function checkAddress(address: string): void {
  if (!Token.isUnresolved(address) && !isIPv4(address)) {
    throw new Error(
      `a target must be an IPv4 address, as the nodes of the ALB have no others, got '${address}'`,
    );
  }
}
