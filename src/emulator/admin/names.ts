import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Cell } from '../core/cell.ts';

const ttl = z.int().min(0).max(604_800).default(60);
const failure = z.enum(['SERVFAIL', 'REFUSED', 'silence']).optional();

const body = z.union([
  z.strictObject({
    addresses: z.array(z.union([z.ipv4(), z.ipv6()])),
    atMost: z.int().min(1).optional(),
    ttl,
    failure,
  }),
  z.strictObject({ alias: z.string().min(1), ttl }),
]);

/**
 * Says what a DNS name stands for, from now on.
 *
 * @throws AwsError `InvalidName`
 */
export function setName({ names }: Cell, name: string, input: unknown): object {
  const parsed = body.safeParse(input);
  if (!parsed.success || name === '') {
    throw new AwsError(
      'InvalidName',
      `the body must be {"addresses": […]} or {"alias": "…"}, with "ttl" in seconds if need be, not ${JSON.stringify(input)}`,
    );
  }
  const stands = { addresses: [], ...parsed.data };
  names.set(name, stands);
  return { name, ...stands };
}

/** @throws AwsError `NameNotFound` (404) */
export function deleteName({ names }: Cell, name: string): object {
  if (!names.delete(name)) throw new AwsError('NameNotFound', `there is no name '${name}'`, 404);
  return { name };
}
