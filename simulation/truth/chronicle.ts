import type { SimulatedBinding } from '../world/simulated-binding.ts';
import type { Held, Standing } from './standing.ts';
import { Timeline } from './timeline.ts';

/** What one binding's source and sink have been in truth, whatever anybody was told. */
export interface BindingTruth {
  binding: SimulatedBinding;
  /** Every address that the source or the sink has ever had to do with. */
  addresses(): readonly string[];
  standing(address: string): Timeline<Standing>;
  held(address: string): Timeline<Held>;
  /** When a run removed something from the sink. */
  removals: { run: string; at: number }[];
}

/** Keeps the truth of every binding; it looks at the world whenever the world says that it has changed. */
export class Chronicle {
  readonly bindings: readonly BindingTruth[];
  readonly #now: () => number;
  readonly #tracks: readonly (() => void)[];

  constructor(bindings: readonly SimulatedBinding[], now: () => number) {
    this.#now = now;
    const kept = bindings.map((binding) => this.#keep(binding));
    this.bindings = kept.map(({ truth }) => truth);
    this.#tracks = kept.map(({ look }) => look);
    this.look();
  }

  look(): void {
    for (const track of this.#tracks) track();
  }

  #keep(binding: SimulatedBinding): { truth: BindingTruth; look: () => void } {
    const standings = new Map<string, Timeline<Standing>>();
    const helds = new Map<string, Timeline<Held>>();
    return {
      truth: {
        binding,
        addresses: () => [...new Set([...standings.keys(), ...helds.keys()])],
        standing: (address) => timeline(standings, address, 'none'),
        held: (address) => timeline(helds, address, 'absent'),
        removals: [],
      },
      look: () => {
        follow(standings, binding.standings(), 'none', this.#now());
        follow(helds, binding.held(), 'absent', this.#now());
      },
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
