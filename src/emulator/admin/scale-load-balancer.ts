import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import { findLoadBalancer } from './find-load-balancer.ts';

const mostNodes = 100;

const body = z.strictObject({ nodes: z.int().min(1).max(mostNodes) });

/**
 * Brings an application load balancer, given by its name, to a number of nodes.
 *
 * @throws AwsError `LoadBalancerNotFound` (404), `InvalidNodes`, `NotScalable`
 */
export function scaleLoadBalancer(
  cell: Cell,
  name: string,
  input: unknown,
): { name: string; from: number; to: number } {
  const parsed = body.safeParse(input);
  if (!parsed.success) {
    throw new AwsError(
      'InvalidNodes',
      `the body must be {"nodes": n} with n from 1 to ${mostNodes}, not ${JSON.stringify(input)}`,
    );
  }
  const loadBalancer = findLoadBalancer(cell, name);
  if (loadBalancer.type !== 'application' || loadBalancer.state !== 'active') {
    throw new AwsError(
      'NotScalable',
      `'${name}' is a ${loadBalancer.state} ${loadBalancer.type} load balancer: only active application load balancers scale`,
    );
  }
  const from = loadBalancer.nodes.filter(({ phase }) => phase === 'starting' || phase === 'serving').length;
  cell.fleet.scale(loadBalancer, parsed.data.nodes);
  return { name, from, to: parsed.data.nodes };
}
