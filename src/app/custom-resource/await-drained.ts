import { AlbridgeError } from '../../engine/errors.ts';
import type { CustomResourceRequest } from './request.ts';
import type { Wait } from './wait.ts';

export interface AwaitDrainedOptions {
  /** How long an answer can wait at the most, in milliseconds. */
  patience: number;
  wait: Wait;
}

/**
 * Waits for `drainSeconds` where an update has changed `upstream`: what is under way on the former way ends before
 * CloudFormation deletes that. Gives the seconds waited: none on creation, as there is no former way.
 *
 * @throws AlbridgeError `invalid-config` where `drainSeconds` is no whole number
 */
export async function awaitDrained(
  { RequestType, ResourceProperties = {}, OldResourceProperties = {} }: CustomResourceRequest,
  { patience, wait }: AwaitDrainedOptions,
): Promise<number> {
  const seconds = wholeNumber(ResourceProperties.drainSeconds);
  const isMoved = ResourceProperties.upstream !== OldResourceProperties.upstream;
  if (RequestType !== 'Update' || !isMoved) return 0;
  const milliseconds = Math.min(seconds * 1_000, patience);
  await wait(milliseconds);
  return milliseconds / 1_000;
}

function wholeNumber(value: unknown): number {
  if (typeof value === 'string' && /^\d{1,4}$/.test(value)) return Number(value);
  const given = typeof value === 'string' ? value : typeof value;
  throw new AlbridgeError('invalid-config', `drainSeconds is '${given}'; give whole seconds`);
}
