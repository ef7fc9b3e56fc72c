import type { Address } from '../engine/address.ts';
import { AlbridgeError, messageOf } from '../engine/errors.ts';

/** What the read comes to; where it fails, that nobody could say what became of the addresses. */
export async function confirming<T>(addresses: readonly Address[], read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AlbridgeError && error.code === 'unconfirmed') throw error;
    const message = `confirming what became of ${addresses.join(', ')} failed: ${messageOf(error)}`;
    throw new AlbridgeError('unconfirmed', message, { cause: error });
  }
}
