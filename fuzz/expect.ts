import { AlbridgeError, type ErrorCode } from '../src/engine/errors.ts';
import { type FuzzWorld, isRemoval } from './world.ts';

/** What came of a call: its value, or the code of an error of ours. Throws on any other error: nobody expects that. */
export async function settled<Value>(
  call: () => Value | Promise<Value>,
  codes: readonly ErrorCode[],
): Promise<{ value: Value } | { code: ErrorCode }> {
  try {
    return { value: await call() };
  } catch (error) {
    if (error instanceof AlbridgeError && codes.includes(error.code)) return { code: error.code };
    throw error;
  }
}

export function expectNoRemoval({ writes }: FuzzWorld): void {
  const removals = writes.filter(isRemoval);
  if (removals.length > 0) throw new Error(`something was removed: ${JSON.stringify(removals)}`);
}

export function expectNoWrite({ writes }: FuzzWorld): void {
  if (writes.length > 0) throw new Error(`something was written: ${JSON.stringify(writes)}`);
}

export function expectNoCall({ calls }: FuzzWorld): void {
  if (calls.length > 0) throw new Error(`aws was called: ${calls.join(', ')}`);
}
