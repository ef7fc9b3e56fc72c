import type { Matcher } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { HealthCheck } from '../../world/load-balancing/target-group.ts';

/** The members of `CreateTargetGroup` and `ModifyTargetGroup` that make up a health check. */
export interface HealthCheckInput {
  HealthCheckEnabled?: boolean | undefined;
  HealthCheckProtocol?: string | undefined;
  HealthCheckPort?: string | undefined;
  HealthCheckPath?: string | undefined;
  HealthCheckIntervalSeconds?: number | undefined;
  HealthCheckTimeoutSeconds?: number | undefined;
  HealthyThresholdCount?: number | undefined;
  UnhealthyThresholdCount?: number | undefined;
  Matcher?: Matcher | undefined;
}

/**
 * The health check that an input asks for, over what a group has or AWS's defaults for its protocol.
 *
 * @throws AwsError `ValidationError`
 */
export function readHealthCheck(
  input: HealthCheckInput,
  groupProtocol: string,
  { current, targetType = 'ip' }: { current?: HealthCheck; targetType?: string } = {},
): HealthCheck {
  const base = current ?? defaults(groupProtocol, input.HealthCheckProtocol, targetType);
  const check: HealthCheck = {
    enabled: input.HealthCheckEnabled ?? base.enabled,
    protocol: input.HealthCheckProtocol ?? base.protocol,
    port: input.HealthCheckPort ?? base.port,
    path: input.HealthCheckPath ?? base.path,
    intervalSeconds: input.HealthCheckIntervalSeconds ?? base.intervalSeconds,
    timeoutSeconds: input.HealthCheckTimeoutSeconds ?? base.timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? base.healthyThreshold,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? base.unhealthyThreshold,
    matcher: input.Matcher?.HttpCode ?? base.matcher,
  };
  refuseOutOfRange('Health check interval', check.intervalSeconds, 5, 300);
  refuseOutOfRange('Health check timeout', check.timeoutSeconds, 2, 120);
  refuseOutOfRange('Healthy threshold count', check.healthyThreshold, 2, 10);
  refuseOutOfRange('Unhealthy threshold count', check.unhealthyThreshold, 2, 10);
  refuseProtocol(check, targetType);
  if (check.timeoutSeconds > check.intervalSeconds) {
    throw new AwsError(
      'ValidationError',
      `Health check timeout '${check.timeoutSeconds}' must be smaller than or equal to the interval '${check.intervalSeconds}'`,
    );
  }
  return check;
}

/** ALB groups are checked over HTTP and fail quickly; NLB groups by a connection. */
function defaults(groupProtocol: string, checkProtocol: string | undefined, targetType: string): HealthCheck {
  const forAlb = groupProtocol.startsWith('HTTP');
  const protocol = checkProtocol ?? (forAlb ? groupProtocol : targetType === 'alb' ? 'HTTP' : 'TCP');
  return {
    enabled: true,
    protocol,
    port: 'traffic-port',
    path: '/',
    intervalSeconds: 30,
    timeoutSeconds: forAlb ? 5 : protocol === 'HTTP' ? 6 : 10,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
    matcher: forAlb ? '200' : '200-399',
  };
}

/** An application load balancer is asked over what it speaks. */
function refuseProtocol({ protocol, port }: HealthCheck, targetType: string): void {
  const allowed = targetType === 'alb' ? ['HTTP', 'HTTPS'] : ['HTTP', 'HTTPS', 'TCP'];
  if (!allowed.includes(protocol)) {
    throw new AwsError(
      'ValidationError',
      `Health check protocol '${protocol}' must be one of '${allowed.join(', ')}'`,
    );
  }
  if (port !== 'traffic-port' && !(Number(port) >= 1 && Number(port) <= 65_535)) {
    throw new AwsError(
      'ValidationError',
      `Health check port '${port}' must be 'traffic-port' or between '1' and '65535'`,
    );
  }
}

function refuseOutOfRange(noun: string, value: number, least: number, most: number): void {
  if (value < least || value > most) {
    throw new AwsError('ValidationError', `${noun} '${value}' must be between '${least}' and '${most}'`);
  }
}
