/** The parts of a load balancer's ARN, `arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/app/<name>/<id>`. */
export interface LoadBalancerArn {
  arn: string;
  region: string;
  account: string;
  type: 'app' | 'net';
  name: string;
  /** What follows `loadbalancer/`, and what its interfaces' description ends with. */
  suffix: string;
}

export interface TargetGroupArn {
  arn: string;
  region: string;
  account: string;
  name: string;
}

const owner = String.raw`^arn:[a-z-]+:elasticloadbalancing:([a-z0-9-]+):(\d{12}):`;
const loadBalancer = new RegExp(`${owner}loadbalancer/((app|net)/([A-Za-z0-9-]+)/[0-9a-f]+)$`);
const targetGroup = new RegExp(`${owner}targetgroup/([A-Za-z0-9-]+)/[0-9a-f]+$`);

/** Undefined where the text is not the ARN of an application or network load balancer. */
export function parseLoadBalancerArn(arn: string): LoadBalancerArn | undefined {
  const [, region, account, suffix, type, name] = loadBalancer.exec(arn) ?? [];
  if (!region || !account || !suffix || !name) return undefined;
  return { arn, region, account, suffix, name, type: type === 'app' ? 'app' : 'net' };
}

/** Undefined where the text is not the ARN of a target group. */
export function parseTargetGroupArn(arn: string): TargetGroupArn | undefined {
  const [, region, account, name] = targetGroup.exec(arn) ?? [];
  return region && account && name ? { arn, region, account, name } : undefined;
}

/** What EC2 writes in the description of the load balancer's network interfaces, exactly. */
export function interfaceDescription({ suffix }: LoadBalancerArn): string {
  return `ELB ${suffix}`;
}
