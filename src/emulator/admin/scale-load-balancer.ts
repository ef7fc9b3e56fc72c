import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import { type LoadBalancer, stayingNodes } from '../world/load-balancing/load-balancer.ts';
import { findLoadBalancer } from './find-load-balancer.ts';

const mostNodes = 100;

const nodes = z.int().min(1).max(mostNodes);
const byNumber = z.strictObject({ nodes });
const byLoad = z
  .strictObject({ requestsPerNode: z.number().positive(), fewest: nodes.default(2), most: nodes.default(8) })
  .refine(({ fewest, most }) => fewest <= most);

/**
 * Brings an application load balancer, given by its name, to a number of nodes, or has it follow its load from now on.
 *
 * @throws AwsError `LoadBalancerNotFound` (404), `InvalidNodes`, `NotScalable`
 */
export function scaleLoadBalancer(
  cell: Cell,
  name: string,
  input: unknown,
): { name: string; [fact: string]: unknown } {
  const parsed = z.union([byNumber, byLoad]).safeParse(input);
  if (!parsed.success) {
    throw new AwsError(
      'InvalidNodes',
      `the body must be {"nodes": n} or {"requestsPerNode": r, "fewest": n, "most": n} with n from 1 to ${mostNodes}, not ${JSON.stringify(input)}`,
    );
  }
  const loadBalancer = findLoadBalancer(cell, name);
  refuseUnscalable(loadBalancer);
  if ('requestsPerNode' in parsed.data) {
    cell.loadScaling.follow(loadBalancer, parsed.data);
    return { name, ...parsed.data };
  }
  const from = stayingNodes(loadBalancer).length;
  cell.loadScaling.stop(loadBalancer);
  cell.fleet.scale(loadBalancer, parsed.data.nodes);
  return { name, from, to: parsed.data.nodes };
}

function refuseUnscalable({ name, state, type }: LoadBalancer): void {
  if (type === 'application' && state === 'active') return;
  throw new AwsError(
    'NotScalable',
    `'${name}' is a ${state} ${type} load balancer: only active application load balancers scale`,
  );
}
