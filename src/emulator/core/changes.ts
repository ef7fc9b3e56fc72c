/** Tells listeners that a part of the world is no longer as it was; they look for themselves at what it has become. */
export class Changes {
  readonly #listeners = new Set<() => void>();
  #gathering = false;
  #gathered = false;

  /** Calls `listener` after each change; the function returned ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(): void {
    this.#gathered = true;
    if (!this.#gathering) this.#tell();
  }

  /** Makes one announcement of all that are made meanwhile, at the end. */
  together(action: () => void): void {
    const isOuter = !this.#gathering;
    this.#gathering = true;
    try {
      action();
    } finally {
      this.#gathering = !isOuter;
      if (isOuter && this.#gathered) this.#tell();
    }
  }

  #tell(): void {
    this.#gathered = false;
    for (const listener of this.#listeners) listener();
  }
}
