import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';
import { findGroup } from './find-group.ts';

const body = z.strictObject({ instances: z.int().min(0) });

/**
 * Brings an Auto Scaling group to a number of instances.
 *
 * @throws AwsError `AutoScalingGroupNotFound` (404), `InvalidInstances`
 */
export function scaleGroup(
  cell: Cell,
  name: string,
  input: unknown,
): { name: string; from: number; to: number } {
  const group = findGroup(cell, name);
  const { minSize, maxSize, desiredCapacity: from } = group;
  const to = body.safeParse(input).data?.instances;
  if (to === undefined || to < minSize || to > maxSize) {
    throw new AwsError(
      'InvalidInstances',
      `the body must be {"instances": n} with n from ${minSize} to ${maxSize}, not ${JSON.stringify(input)}`,
    );
  }
  cell.autoScaler.setCapacity(group, to, 'a user request explicitly set group desired capacity,');
  return { name, from, to };
}
