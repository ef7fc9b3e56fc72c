import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import { findLoadBalancer } from './find-load-balancer.ts';

const body = z.strictObject({ address: z.string() });

/**
 * Ends a node of a load balancer without notice: nobody answers at its address, and its interface stays.
 *
 * @throws AwsError `LoadBalancerNotFound` (404), `InvalidAddress`
 */
export function killNode(cell: Cell, name: string, input: unknown): { name: string; killed: string } {
  const { nodes } = findLoadBalancer(cell, name);
  const address = body.safeParse(input).data?.address;
  const node = nodes.find((held) => held.interface.privateIpAddresses[0] === address);
  if (!node || address === undefined) {
    const known = nodes.map((held) => held.interface.privateIpAddresses[0]).join(', ');
    throw new AwsError(
      'InvalidAddress',
      `the body must be {"address": …} with the address of a node (${known}), not ${JSON.stringify(input)}`,
    );
  }
  cell.fleet.kill(node);
  return { name, killed: address };
}
