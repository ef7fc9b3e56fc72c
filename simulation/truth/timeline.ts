/** What a thing has been, moment by moment. */
export class Timeline<Value> {
  readonly #changes: { at: number; value: Value }[];

  constructor(initial: Value) {
    this.#changes = [{ at: Number.NEGATIVE_INFINITY, value: initial }];
  }

  get current(): Value {
    return this.#changes.at(-1)?.value as Value;
  }

  record(at: number, value: Value): void {
    if (value !== this.current) this.#changes.push({ at, value });
  }

  /** Every value that held at some moment from `from` to `to`; at the moment of a change, both do. */
  during(from: number, to: number): Value[] {
    const values: Value[] = [];
    for (let index = this.#changes.length - 1; index >= 0; index--) {
      const { at, value } = this.#changes[index] as { at: number; value: Value };
      if (at > to) continue;
      values.push(value);
      if (at < from) break;
    }
    return values;
  }

  throughout(from: number, to: number, holds: (value: Value) => boolean): boolean {
    return this.during(from, to).every(holds);
  }

  sometime(from: number, to: number, holds: (value: Value) => boolean): boolean {
    return this.during(from, to).some(holds);
  }
}
