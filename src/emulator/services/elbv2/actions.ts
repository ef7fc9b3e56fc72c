import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { findTargetGroup } from './lookup.ts';

const layer4 = ['TCP', 'TLS', 'UDP', 'TCP_UDP'];

/**
 * Actions as AWS keeps them: a forward names its group both ways.
 *
 * @throws AwsError `TargetGroupNotFound`, `IncompatibleProtocols`, `InvalidLoadBalancerAction`, `ValidationError`
 */
export function checkActions(
  cell: Cell,
  loadBalancer: LoadBalancer,
  actions: readonly Action[] | undefined,
): Action[] {
  if (!actions?.length) throw new AwsError('ValidationError', 'At least one action must be specified');
  return actions.map((action) => {
    if (action.Type !== 'forward') {
      if (loadBalancer.type === 'network') {
        throw new AwsError(
          'InvalidLoadBalancerAction',
          `A network load balancer's listener can only forward, not '${action.Type}'`,
        );
      }
      return action;
    }
    const groups = action.ForwardConfig?.TargetGroups ?? [
      { TargetGroupArn: action.TargetGroupArn, Weight: 1 },
    ];
    for (const { TargetGroupArn } of groups) refuseIncompatible(cell, loadBalancer, TargetGroupArn);
    const [only] = groups;
    return {
      ...action,
      ...(groups.length === 1 ? { TargetGroupArn: only?.TargetGroupArn } : {}),
      ForwardConfig: {
        TargetGroupStickinessConfig: { Enabled: false },
        ...action.ForwardConfig,
        TargetGroups: groups,
      },
    };
  });
}

function refuseIncompatible(
  cell: Cell,
  loadBalancer: LoadBalancer,
  targetGroupArn: string | undefined,
): void {
  const group = findTargetGroup(cell, targetGroupArn);
  if (layer4.includes(group.protocol) !== (loadBalancer.type === 'network')) {
    throw new AwsError(
      'IncompatibleProtocols',
      `The protocol of target group '${group.arn}', ${group.protocol}, is not compatible with a load balancer of type ${loadBalancer.type}`,
    );
  }
  if (group.vpcId !== loadBalancer.vpcId) {
    throw new AwsError(
      'InvalidConfigurationRequest',
      `Target group '${group.arn}' is in another VPC than the load balancer`,
    );
  }
  const others = cell.loadBalancing.usersOf(group.arn).filter(({ arn }) => arn !== loadBalancer.arn);
  if (others.length > 0) {
    throw new AwsError(
      'TargetGroupAssociationLimit',
      `The following target groups cannot be associated with more than one load balancer: ${group.arn}`,
    );
  }
}
