import { type AwsErrorKind, classify } from '../aws/errors.ts';
import type { Written } from '../engine/sink.ts';
import { type ChunkedWrite, writeInChunks } from './write-in-chunks.ts';

/**
 * Sends the items in chunks, and takes an error of the tolerated kind for "it is so already". A batch with one such
 * item fails whole, so its items are then sent one by one.
 */
export function writeOneByOneOn<Item>(tolerated: AwsErrorKind, write: ChunkedWrite<Item>): Promise<Written> {
  return writeInChunks({
    ...write,
    async send(items) {
      if (await succeeds(items)) return;
      if (items.length > 1) for (const item of items) await succeeds([item]);
    },
  });

  async function succeeds(items: readonly Item[]): Promise<boolean> {
    try {
      await write.send(items);
      return true;
    } catch (error) {
      if (classify(error) !== tolerated) throw error;
      return false;
    }
  }
}
