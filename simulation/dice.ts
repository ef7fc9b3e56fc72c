import { type Random, seeded } from '../src/emulator/core/random.ts';

/** Choices by chance, all from one stream of numbers. */
export interface Dice {
  random: Random;
  /** Whether an event of this probability happens. */
  chance(probability: number): boolean;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  pick<T>(items: readonly T[]): T;
}

/** A stream of its own for each use, so that one more choice in one place does not change all others. */
const streams = ['scenario', 'world', 'events', 'schedule', 'latencies', 'faults', 'further'] as const;

export function diceOf(seed: number, stream: (typeof streams)[number]): Dice {
  const random = seeded(Math.imul(seed, streams.length) + streams.indexOf(stream));
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return {
    random,
    chance: (probability) => random() < probability,
    between,
    pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number],
  };
}
