import { surroundings } from '../app/surroundings.ts';
import { type SyncOptions, type SyncSummary, sync } from '../app/sync.ts';
import { toldOnce } from '../app/told-once.ts';

interface InvocationContext {
  /** `arn:aws:lambda:<region>:<account>:function:<name>`. */
  invokedFunctionArn: string;
}

/** Made by the first invocation, which tells whose account this is, and kept for the others. */
let options: SyncOptions | undefined;

/**
 * One pass of the bindings in `ALBRIDGE_CONFIG`, or of the one that an event `{targetPort, albDescription,
 * nlbTargetGroupArn}` describes. Fails, naming them, if any binding failed.
 */
export function handler(event: unknown, context?: InvocationContext): Promise<SyncSummary> {
  options ??= {
    ...surroundings(context?.invokedFunctionArn.split(':')[4]),
    environment: process.env,
    toldOnce: toldOnce(),
  };
  return sync(event, options);
}
