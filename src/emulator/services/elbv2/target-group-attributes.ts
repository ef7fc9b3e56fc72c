import type { TargetGroupAttribute } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';

const truths = /^(true|false)$/;

/** What the attributes that the data plane obeys may be set to. */
const accepted: Readonly<Record<string, RegExp | ((value: string) => boolean)>> = {
  'deregistration_delay.timeout_seconds': within(0, 3600),
  'deregistration_delay.connection_termination.enabled': truths,
  'load_balancing.cross_zone.enabled': /^(true|false|use_load_balancer_configuration)$/,
  'preserve_client_ip.enabled': truths,
  'proxy_protocol_v2.enabled': truths,
  'slow_start.duration_seconds': (value) => value === '0' || within(30, 900)(value),
  'stickiness.app_cookie.cookie_name': /^(?!AWSALB)/,
  'stickiness.app_cookie.duration_seconds': within(1, 604_800),
  'stickiness.enabled': truths,
  'stickiness.lb_cookie.duration_seconds': within(1, 604_800),
};

/**
 * Refuses values that an attribute cannot have, and those that the group's kind does not let change.
 *
 * @throws AwsError `ValidationError`
 */
export function refuseAttributes(group: TargetGroup, wanted: readonly TargetGroupAttribute[] = []): void {
  for (const { Key: key = '', Value: value = '' } of wanted) {
    const rule = accepted[key] ?? (key === 'stickiness.type' ? stickinessTypes(group) : undefined);
    if (rule && !(rule instanceof RegExp ? rule.test(value) : rule(value))) {
      throw new AwsError('ValidationError', `Target group attribute '${key}' cannot be set to '${value}'`);
    }
    if (isFixed(group, key) && group.attributes.get(key) !== value) {
      throw new AwsError(
        'ValidationError',
        `Target group attribute '${key}' cannot be modified for a target group of type '${group.targetType}' and protocol '${group.protocol}'`,
      );
    }
  }
}

/** Groups of type alb always have the defaults; UDP always preserves the client's address. */
function isFixed({ targetType, protocol }: TargetGroup, key: string): boolean {
  return targetType === 'alb' || (key === 'preserve_client_ip.enabled' && protocol.includes('UDP'));
}

function stickinessTypes({ protocol }: TargetGroup): RegExp {
  return protocol.startsWith('HTTP') ? /^(lb_cookie|app_cookie)$/ : /^source_ip$/;
}

function within(least: number, most: number): (value: string) => boolean {
  return (value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}
