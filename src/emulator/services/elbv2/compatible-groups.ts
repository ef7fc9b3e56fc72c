import { AwsError } from '../../core/aws-error.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';
import type { ActionContext } from './actions.ts';
import { findTargetGroup } from './lookup.ts';

/** Protocols of target groups that a listener of a protocol forwards to. */
const compatible: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTP', 'HTTPS'],
  HTTPS: ['HTTP', 'HTTPS'],
  TCP: ['TCP', 'TCP_UDP'],
  TLS: ['TCP', 'TLS'],
};

/**
 * Checks that a listener can forward to a target group.
 *
 * @throws AwsError `TargetGroupNotFound`, `IncompatibleProtocols`, `InvalidConfigurationRequest`,
 * `TargetGroupAssociationLimit`
 */
export function refuseIncompatible(context: ActionContext, targetGroupArn: string | undefined): void {
  const { cell, loadBalancer, protocol } = context;
  const group = findTargetGroup(cell, targetGroupArn);
  refuseProtocol(group, protocol);
  if (group.vpcId !== loadBalancer.vpcId) {
    throw new AwsError(
      'InvalidConfigurationRequest',
      `The following target groups are in a different VPC than load balancer '${loadBalancer.arn}': ${group.arn}`,
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

function refuseProtocol(group: TargetGroup, protocol: string): void {
  const isAlbBehindTls = group.targetType === 'alb' && protocol !== 'TCP';
  if (!isAlbBehindTls && compatible[protocol]?.includes(group.protocol)) return;
  const kind = group.targetType === 'alb' ? `${group.protocol} and target type alb` : group.protocol;
  throw new AwsError(
    'IncompatibleProtocols',
    `The target group '${group.arn}' with protocol ${kind} is not compatible with the listener protocol ${protocol}`,
  );
}
