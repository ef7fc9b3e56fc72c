import type { CustomResourceRequest } from './request.ts';

type Properties = Readonly<Record<string, unknown>>;

/**
 * The resource's identity: the load balancer asked for. It stays as it is over updates (a changed one makes
 * CloudFormation send a Delete for the old), except when the stack asks for another load balancer; and it needs
 * nothing that could fail, so that a failed Create has one too.
 */
export function physicalResourceId(request: CustomResourceRequest): string {
  const { PhysicalResourceId, ResourceProperties = {}, OldResourceProperties } = request;
  const asked = askedFor(ResourceProperties);
  const isSame = OldResourceProperties === undefined || asked === askedFor(OldResourceProperties);
  if (PhysicalResourceId && isSame) return PhysicalResourceId;
  return `addresses:${asked || request.LogicalResourceId}`.slice(0, 1024);
}

function askedFor({ loadBalancerArn, LoadBalancerArn, nlbDescription }: Properties): string {
  const asked = [loadBalancerArn, LoadBalancerArn, nlbDescription].find(
    (value) => typeof value === 'string' && value !== '',
  );
  return String(asked ?? '');
}
