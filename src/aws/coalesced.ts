/** What a shared read found, by key; throws for a key whose part of it failed. */
export type Answers<Key, Value> = (key: Key) => Value;

export interface CoalescedOptions<Key, Value> {
  /** Equal for equal keys, which are read once. */
  idOf(key: Key): string;
  read(keys: readonly Key[]): Promise<Answers<Key, Value>>;
}

interface Batch<Key, Value> {
  keys: Map<string, Key>;
  answers: Promise<Answers<Key, Value>>;
}

/**
 * A read of one key that shares its calls with all that are asked for in the same turn of the event loop. Nothing is
 * kept: calls are sent after everyone who gets their answers has asked, so that no source is seen as it was before its
 * sink was read (FM15). All get their answers in one turn again, and can share what they ask next.
 */
export function coalesced<Key, Value>({
  idOf,
  read,
}: CoalescedOptions<Key, Value>): (key: Key) => Promise<Value> {
  let gathering: Batch<Key, Value> | undefined;
  return async (key) => {
    gathering ??= gather();
    const { keys, answers } = gathering;
    keys.set(idOf(key), key);
    return (await answers)(key);
  };

  function gather(): Batch<Key, Value> {
    const keys = new Map<string, Key>();
    const answers = endOfTurn().then(() => {
      gathering = undefined;
      return read([...keys.values()]);
    });
    return { keys, answers };
  }
}

/** A tick comes after all promises that can settle have settled, however long their chains are. */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
