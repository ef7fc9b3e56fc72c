import { chunks } from './chunks.ts';
import type { Answers } from './coalesced.ts';
import { type AwsErrorKind, classify } from './errors.ts';

export interface ReadByIdOptions<Item> {
  /** The most ids that a call takes. */
  most: number;
  read(ids: string[]): Promise<readonly Item[]>;
  idOf(item: Item): string | undefined;
}

/** What AWS says of a call as soon as one of its ids is not as it should be. */
const aboutOne: readonly AwsErrorKind[] = ['not-found', 'invalid'];

/**
 * Reads many items by their ids, in few calls. AWS refuses a call whole for one id that it does not know: such a call is
 * halved until the id is alone with its error, and the others have their answers (FM20).
 */
export async function readById<Item>(
  ids: readonly string[],
  { most, read, idOf }: ReadByIdOptions<Item>,
): Promise<Answers<string, Item | undefined>> {
  const found = new Map<string | undefined, Item>();
  const errors = new Map<string, unknown>();
  await attemptAll(chunks(ids, most));
  return (id) => {
    if (errors.has(id)) throw errors.get(id);
    return found.get(id);
  };

  async function attemptAll(parts: string[][]): Promise<void> {
    await Promise.all(parts.map(attempt));
  }

  async function attempt(part: string[]): Promise<void> {
    try {
      for (const item of await read(part)) found.set(idOf(item), item);
    } catch (error) {
      const isSeparable = part.length > 1 && aboutOne.includes(classify(error));
      if (isSeparable) return attemptAll(chunks(part, Math.ceil(part.length / 2)));
      for (const id of part) errors.set(id, error);
    }
  }
}
