/** Tells listeners that a part of the world is no longer as it was; they look for themselves at what it has become. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  /** Calls `listener` after each change; the function returned ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(): void {
    for (const listener of this.#listeners) listener();
  }
}
