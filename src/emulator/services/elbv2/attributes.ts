import { AwsError } from '../../core/aws-error.ts';

interface Attribute {
  Key?: string | undefined;
  Value?: string | undefined;
}

export function writeAttributes(attributes: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...attributes].map(([Key, Value]) => ({ Key, Value }));
}

/**
 * Sets attributes that the thing has; all or none.
 *
 * @throws AwsError `ValidationError` for one that it does not have
 */
export function setAttributes(
  attributes: Map<string, string>,
  wanted: readonly Attribute[] | undefined,
  noun: string,
): void {
  for (const { Key = '' } of wanted ?? []) {
    if (!attributes.has(Key))
      throw new AwsError('ValidationError', `${noun} attribute key '${Key}' is not recognized`);
  }
  for (const { Key = '', Value = '' } of wanted ?? []) attributes.set(Key, Value);
}

const shared = {
  'deletion_protection.enabled': 'false',
  'access_logs.s3.enabled': 'false',
  'access_logs.s3.bucket': '',
  'access_logs.s3.prefix': '',
};

/** Attributes that a new load balancer has, with AWS's defaults. */
export function loadBalancerDefaults(type: 'application' | 'network'): Map<string, string> {
  const own =
    type === 'network'
      ? {
          'load_balancing.cross_zone.enabled': 'false',
          'dns_record.client_routing_policy': 'any_availability_zone',
        }
      : {
          'load_balancing.cross_zone.enabled': 'true',
          'idle_timeout.timeout_seconds': '60',
          'client_keep_alive.seconds': '3600',
          'routing.http2.enabled': 'true',
          'routing.http.desync_mitigation_mode': 'defensive',
          'routing.http.drop_invalid_header_fields.enabled': 'false',
          'routing.http.preserve_host_header.enabled': 'false',
          'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
          'routing.http.xff_client_port.enabled': 'false',
          'routing.http.xff_header_processing.mode': 'append',
          'waf.fail_open.enabled': 'false',
        };
  return new Map(Object.entries({ ...shared, ...own }));
}

/** Attributes that a new target group has, with AWS's defaults; which ones depends on who may use it. */
export function targetGroupDefaults(protocol: string, targetType: string): Map<string, string> {
  const both = {
    'deregistration_delay.timeout_seconds': '300',
    'stickiness.enabled': 'false',
    'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
    'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
    'target_group_health.dns_failover.minimum_healthy_targets.percentage': 'off',
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': 'off',
  };
  const own = ['HTTP', 'HTTPS'].includes(protocol)
    ? {
        'stickiness.type': 'lb_cookie',
        'stickiness.lb_cookie.duration_seconds': '86400',
        'stickiness.app_cookie.cookie_name': '',
        'stickiness.app_cookie.duration_seconds': '86400',
        'slow_start.duration_seconds': '0',
        'load_balancing.algorithm.type': 'round_robin',
        'load_balancing.algorithm.anomaly_mitigation': 'off',
      }
    : {
        'stickiness.type': 'source_ip',
        'proxy_protocol_v2.enabled': 'false',
        'preserve_client_ip.enabled': String(targetType !== 'ip' || protocol.includes('UDP')),
        'deregistration_delay.connection_termination.enabled': 'false',
        'target_health_state.unhealthy.connection_termination.enabled': 'true',
        'target_health_state.unhealthy.draining_interval_seconds': '0',
      };
  return new Map(Object.entries({ ...both, ...own }));
}
