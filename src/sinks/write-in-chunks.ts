import { chunks } from '../aws/chunks.ts';
import { type AwsErrorKind, classify, explain } from '../aws/errors.ts';
import type { Address } from '../engine/address.ts';
import { AlbridgeError } from '../engine/errors.ts';
import type { Written } from '../engine/sink.ts';

/** What a prefix list takes in a call. ELB documents no limit, but larger calls were "intermittently rejected". */
const chunkSize = 100;

/** How often chunks are halved in one write, so that one that is refused item by item does not use up the throttle limits. */
const splitLimit = 16;

/** AWS refuses a call whole for these, though a part of it may be fine. */
const separable: readonly AwsErrorKind[] = ['full', 'over-registered', 'zone-mismatch'];

export interface ChunkedWrite<Item> {
  /** As IAM names it. */
  action: string;
  items: readonly Item[];
  addressOf(item: Item): Address;
  send(items: readonly Item[]): Promise<unknown>;
}

/**
 * Sends the items in chunks; one that fails does not keep the others from being sent (FM32), unless nothing fits any
 * more. An address counts as written when all its items are.
 */
export async function writeInChunks<Item>(write: ChunkedWrite<Item>): Promise<Written> {
  const written: Item[] = [];
  const failures: Failure<Item>[] = [];
  const waiting = chunks(write.items, chunkSize);
  let splits = 0;
  for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
    const refusal = await attempt(write, chunk);
    if (!refusal) {
      written.push(...chunk);
    } else if (chunk.length > 1 && splits < splitLimit && separable.includes(refusal.kind)) {
      splits += 1;
      waiting.unshift(...chunks(chunk, Math.ceil(chunk.length / 2)));
    } else if (refusal.kind === 'full') {
      failures.push({ ...refusal, items: [chunk, ...waiting.splice(0)].flat() });
    } else {
      failures.push({ ...refusal, items: chunk });
    }
  }
  return outcome(write, written, failures);
}

interface Refusal {
  kind: AwsErrorKind;
  error: unknown;
}

interface Failure<Item> extends Refusal {
  items: readonly Item[];
}

async function attempt<Item>(
  { send }: ChunkedWrite<Item>,
  items: readonly Item[],
): Promise<Refusal | undefined> {
  try {
    await send(items);
    return undefined;
  } catch (error) {
    return { kind: classify(error), error };
  }
}

function outcome<Item>(
  { action, addressOf }: ChunkedWrite<Item>,
  written: readonly Item[],
  failures: readonly Failure<Item>[],
): Written {
  const failed = new Set(failures.flatMap(({ items }) => items.map((item) => addressOf(item))));
  const addresses = new Set(written.map((item) => addressOf(item)));
  const errors = failures.map(({ items, error }) => {
    const named = [...new Set(items.map((item) => addressOf(item)))].join(', ');
    return new AlbridgeError('write-failed', explain(`${action} of ${named}`, error), { cause: error });
  });
  return {
    addresses: [...addresses].filter((address) => !failed.has(address)),
    errors,
    ...(failures.some(({ kind }) => kind === 'full') && { full: true }),
  };
}
