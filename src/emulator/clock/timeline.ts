interface Entry<T> {
  due: number;
  sequence: number;
  what: T;
}

/** What waits for its time: the first due first, then the first added. */
export class Timeline<T> {
  /** A heap: the first is at its root. What was removed stays in it until it gets there. */
  readonly #heap: Entry<T>[] = [];
  readonly #waiting = new Set<Entry<T>>();
  #sequence = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** When the first is due; undefined where nothing waits. */
  get nextDue(): number | undefined {
    return this.#first()?.due;
  }

  /** Gives what takes it back. */
  add(due: number, what: T): () => void {
    const entry = { due, sequence: this.#sequence++, what };
    this.#waiting.add(entry);
    push(this.#heap, entry);
    return () => void this.#waiting.delete(entry);
  }

  /** Takes out the first that is due by then. */
  take(until: number): { due: number; what: T } | undefined {
    const first = this.#first();
    if (!first || first.due > until) return undefined;
    pop(this.#heap);
    this.#waiting.delete(first);
    return first;
  }

  clear(): void {
    this.#heap.length = 0;
    this.#waiting.clear();
  }

  #first(): Entry<T> | undefined {
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (this.#waiting.has(first)) return first;
      pop(this.#heap);
    }
    return undefined;
  }
}

function isEarlier<T>(one: Entry<T>, other: Entry<T>): boolean {
  return one.due < other.due || (one.due === other.due && one.sequence < other.sequence);
}

function push<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Entry<T>;
    if (!isEarlier(entry, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = entry;
}

function pop<T>(heap: Entry<T>[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isEarlier(heap[child + 1] as Entry<T>, heap[child] as Entry<T>)) child++;
    if (!isEarlier(heap[child] as Entry<T>, last)) break;
    heap[index] = heap[child] as Entry<T>;
    index = child;
  }
  heap[index] = last;
}
