import { chunks } from '../aws/chunks.ts';
import { explain } from '../aws/errors.ts';
import type { Address } from '../engine/address.ts';
import { AlbridgeError } from '../engine/errors.ts';
import type { Written } from '../engine/sink.ts';

/** ELB documents no limit; larger calls were seen to be "intermittently rejected". */
const chunkSize = 100;

export interface ChunkedWrite<Item> {
  /** As IAM names it. */
  action: string;
  items: readonly Item[];
  addressOf(item: Item): Address;
  send(items: readonly Item[]): Promise<unknown>;
}

/** Sends the items in chunks; one that fails does not keep the others from being sent (FM32). */
export async function writeInChunks<Item>({
  action,
  items,
  addressOf,
  send,
}: ChunkedWrite<Item>): Promise<Written> {
  const written: Address[] = [];
  const errors: AlbridgeError[] = [];
  for (const chunk of chunks(items, chunkSize)) {
    const addresses = chunk.map((item) => addressOf(item));
    try {
      await send(chunk);
      written.push(...addresses);
    } catch (error) {
      const message = explain(`${action} of ${addresses.join(', ')}`, error);
      errors.push(new AlbridgeError('write-failed', message, { cause: error }));
    }
  }
  return { addresses: written, errors };
}
