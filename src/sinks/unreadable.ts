import { explain } from '../aws/errors.ts';
import { AlbridgeError } from '../engine/errors.ts';

/** The error of a sink whose read failed. */
export function unreadable(action: string, error: unknown): AlbridgeError {
  return new AlbridgeError('sink-unreadable', explain(action, error), { cause: error });
}
