import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import { sample } from '../core/random.ts';
import { accepts, type LoadBalancerNode } from '../world/load-balancing/load-balancer.ts';
import { findLoadBalancer } from './find-load-balancer.ts';

const body = z.strictObject({ address: z.string().optional() });

/**
 * Ends a node of a load balancer without notice: nobody answers at its address, and its interface stays. Without an
 * address, chance chooses among those that serve.
 *
 * @throws AwsError `LoadBalancerNotFound` (404), `InvalidAddress`
 */
export function killNode(cell: Cell, name: string, input: unknown): { name: string; killed: string } {
  const { nodes } = findLoadBalancer(cell, name);
  const parsed = body.safeParse(input);
  const { address } = parsed.data ?? {};
  const [chance] = sample(cell.random, nodes.filter(accepts), 1);
  const node = address === undefined ? chance : nodes.find((held) => addressOf(held) === address);
  if (!parsed.success || !node) {
    const known = nodes.map(addressOf).join(', ');
    throw new AwsError(
      'InvalidAddress',
      `the body must be {"address": …} with the address of a node (${known}), or {}, not ${JSON.stringify(input)}`,
    );
  }
  cell.fleet.kill(node);
  return { name, killed: addressOf(node) };
}

function addressOf({ interface: { privateIpAddresses } }: LoadBalancerNode): string {
  return privateIpAddresses[0] ?? '';
}
