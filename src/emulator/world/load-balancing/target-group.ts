import type {
  TargetHealthReasonEnum,
  TargetHealthStateEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';

export interface HealthCheck {
  enabled: boolean;
  protocol: string;
  /** A number, or `traffic-port`: each target's own. */
  port: string;
  path: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
  /** HTTP codes that pass, as AWS writes them: `200`, `200,202`, `200-399`. */
  matcher: string;
}

/** A registered target; its identity is its address (or instance) and port. */
export interface Registration {
  id: string;
  port: number;
  availabilityZone: string | undefined;
  state: TargetHealthStateEnum;
  reason: TargetHealthReasonEnum | undefined;
  description: string | undefined;
}

export interface TargetGroup {
  arn: string;
  name: string;
  protocol: string;
  port: number;
  vpcId: string;
  targetType: 'ip' | 'instance' | 'alb';
  ipAddressType: 'ipv4' | 'ipv6';
  protocolVersion: string | undefined;
  healthCheck: HealthCheck;
  attributes: Map<string, string>;
  tags: Map<string, string>;
  /** By `targetKey`. */
  registrations: Map<string, Registration>;
}

export function targetKey(id: string, port: number): string {
  return `${id}:${port}`;
}
