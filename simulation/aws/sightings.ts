import type { Input } from './write.ts';

/** What a run has been shown of one source. */
interface Listing {
  /** Interfaces in use, over all pages so far. */
  inUse: number;
  /** Whether the listing came to its end with something in it. */
  known: boolean;
  /** Whether the world left something out that the listing should have had. */
  mutilated: boolean;
}

/** What a run has seen so far: by it, and never by what the run made of it, are its writes judged. */
export class Sightings {
  readonly #listings: Map<string, Listing> = new Map();
  /** By name of the binding: when its sink was last read. */
  readonly #sinkReads: Map<string, number> = new Map();

  /** An answer to a listing of interfaces by description; an undefined output is a failure. */
  listed(descriptions: readonly string[], input: Input, output: Input | undefined, mutilated: boolean): void {
    for (const description of descriptions) {
      const before = input.NextToken === undefined ? undefined : this.#listings.get(description);
      const found = (output?.NetworkInterfaces ?? []).filter(
        (held: Input) => held.Description === description && held.Status === 'in-use',
      );
      const inUse = (before?.inUse ?? 0) + found.length;
      this.#listings.set(description, {
        inUse,
        known: output !== undefined && output.NextToken === undefined && inUse > 0,
        mutilated: mutilated || (before?.mutilated ?? false),
      });
    }
  }

  readSink(binding: string, at: number): void {
    this.#sinkReads.set(binding, at);
  }

  /** Whether the source's interfaces were listed to the end, and there were some. */
  knows(description: string): boolean {
    return this.#listings.get(description)?.known ?? false;
  }

  /** Whether the source's listing was not left incomplete by the world. */
  sawWhole(description: string): boolean {
    return this.#listings.get(description)?.mutilated === false;
  }

  sinkReadAt(binding: string): number | undefined {
    return this.#sinkReads.get(binding);
  }
}

/** The descriptions that a call lists interfaces by; none for any other call. */
export function listedDescriptions(operation: string, input: Input): string[] {
  if (operation !== 'DescribeNetworkInterfaces') return [];
  const filters: Input[] = input.Filters ?? [];
  return filters.filter(({ Name }) => Name === 'description').flatMap(({ Values }) => Values ?? []);
}
