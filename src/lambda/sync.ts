import { surroundings } from '../app/surroundings.ts';
import { type SyncSummary, sync } from '../app/sync.ts';

const options = { ...surroundings(), environment: process.env };

/**
 * One pass of the bindings in `ALBRIDGE_CONFIG`, or of the one that an event `{targetPort, albDescription,
 * nlbTargetGroupArn}` describes. Fails, naming them, if any binding failed.
 */
export function handler(event: unknown): Promise<SyncSummary> {
  return sync(event, options);
}
