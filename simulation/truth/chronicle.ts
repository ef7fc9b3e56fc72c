import { isOfFamily, type SimulatedBinding, type SimulatedSource } from '../world/simulated-binding.ts';
import type { Held, Standing } from './standing.ts';
import { Timeline } from './timeline.ts';

/** What one binding's source and sink have been in truth, whatever anybody was told. */
export interface BindingTruth {
  binding: SimulatedBinding;
  /** Every address that the source or the sink has ever had to do with, of those that the sink can hold. */
  addresses(): readonly string[];
  standing(address: string): Timeline<Standing>;
  held(address: string): Timeline<Held>;
  /** When a run removed something from the sink. */
  removals: { run: string; at: number }[];
}

type Timelines<Value> = Map<string, Timeline<Value>>;

/** Keeps the truth of every binding; it looks at the world whenever the world says that it has changed. */
export class Chronicle {
  readonly bindings: readonly BindingTruth[];
  readonly #now: () => number;
  /** Several bindings may have one source. */
  readonly #sources: ReadonlyMap<SimulatedSource, Timelines<Standing>>;
  readonly #sinks: readonly { binding: SimulatedBinding; helds: Timelines<Held> }[];

  constructor(bindings: readonly SimulatedBinding[], now: () => number) {
    this.#now = now;
    this.#sources = new Map(bindings.map(({ source }) => [source, new Map()]));
    this.#sinks = bindings.map((binding) => ({ binding, helds: new Map() }));
    this.bindings = this.#sinks.map(({ binding, helds }) => this.#truthOf(binding, helds));
    this.look();
  }

  look(): void {
    const at = this.#now();
    for (const [source, standings] of this.#sources) follow(standings, source.standings(), 'none', at);
    for (const { binding, helds } of this.#sinks) {
      follow(helds, binding.sink.held(binding.name), 'absent', at);
    }
  }

  #truthOf(binding: SimulatedBinding, helds: Timelines<Held>): BindingTruth {
    const standings: Timelines<Standing> = this.#sources.get(binding.source) ?? new Map();
    return {
      binding,
      addresses: () =>
        [...new Set([...standings.keys(), ...helds.keys()])].filter((address) =>
          isOfFamily(binding.sink, address),
        ),
      standing: (address) => timeline(standings, address, 'none'),
      held: (address) => timeline(helds, address, 'absent'),
      removals: [],
    };
  }
}

function timeline<Value>(
  kept: Map<string, Timeline<Value>>,
  address: string,
  initial: Value,
): Timeline<Value> {
  const known = kept.get(address);
  if (known) return known;
  const made = new Timeline(initial);
  kept.set(address, made);
  return made;
}

function follow<Value>(
  kept: Map<string, Timeline<Value>>,
  current: ReadonlyMap<string, Value>,
  absent: Value,
  at: number,
): void {
  for (const [address, value] of current) timeline(kept, address, absent).record(at, value);
  for (const [address, track] of kept) if (!current.has(address)) track.record(at, absent);
}
