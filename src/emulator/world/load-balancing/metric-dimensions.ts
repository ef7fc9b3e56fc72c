/** What dimensions of metrics call a load balancer or a target group: `net/name/id`, `targetgroup/name/id`. */
export function dimensionOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1).replace(/^loadbalancer\//, '');
}
