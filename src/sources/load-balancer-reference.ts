import { type LoadBalancerArn, parseLoadBalancerArn } from '../aws/arn.ts';

/** How a load balancer is asked for: by its ARN, or by the description that the 2022 article's events carry. */
export type LoadBalancerReference = { arn: string } | { description: string };

/** What DescribeLoadBalancers finds it by, and what the answer has to satisfy besides. */
export interface LoadBalancerQuery {
  /** As it was asked for, for messages. */
  asked: string;
  by: { arn: string } | { name: string };
  matches(found: LoadBalancerArn): boolean;
}

/**
 * A description is a load balancer's name, or its interfaces' description with or without `ELB `:
 * `ELB app/<name>/<id>`. It always matches one load balancer exactly: a part of a name would also find other people's
 * (FM4).
 */
export function queryOf(reference: LoadBalancerReference): LoadBalancerQuery {
  if ('arn' in reference) {
    return { asked: reference.arn, by: { arn: reference.arn }, matches: () => true };
  }
  const asked = reference.description.trim();
  const suffix = asked.replace(/^ELB +/, '');
  const [, name] = /^(?:app|net)\/([^/]+)\/[^/]+$/.exec(suffix) ?? [];
  if (name === undefined) return { asked, by: { name: asked }, matches: () => true };
  return { asked, by: { name }, matches: (found) => found.suffix === suffix };
}

/** The region the load balancer is in, where the reference tells. */
export function regionOf(reference: LoadBalancerReference): string | undefined {
  return 'arn' in reference ? parseLoadBalancerArn(reference.arn)?.region : undefined;
}
