import { AwsError } from '../../core/aws-error.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';

/**
 * Whether an NLB's security groups are asked about traffic of PrivateLink.
 *
 * @throws AwsError `InvalidConfigurationRequest`, `ValidationError`
 */
export function readEnforcement({ type }: LoadBalancer, wanted: string): boolean {
  if (type !== 'network') {
    throw new AwsError(
      'InvalidConfigurationRequest',
      'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic is only for load balancers of type network',
    );
  }
  if (wanted === 'on' || wanted === 'off') return wanted === 'on';
  throw new AwsError(
    'ValidationError',
    `EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic '${wanted}' must be one of 'on, off'`,
  );
}

/** Told of those that have security groups to enforce. */
export function describeEnforcement({ type, securityGroupIds, enforcesOnPrivateLink }: LoadBalancer): {
  EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic?: 'on' | 'off';
} {
  if (type !== 'network' || securityGroupIds.length === 0) return {};
  return { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforcesOnPrivateLink ? 'on' : 'off' };
}
