import type { Verdict } from './simulate.ts';
import type { Tally } from './simulation.ts';

export interface Summary {
  seeds: number;
  from: number;
  plant: string | undefined;
  failed: number;
  /** How many seeds broke which invariant. */
  broken: Record<string, number>;
  tally: Tally;
  seconds: number;
}

export function emptySummary(from: number, plant: string | undefined): Summary {
  const tally = { runs: 0, killed: 0, passes: 0, calls: 0, writes: 0, faults: 0, events: 0 };
  return { seeds: 0, from, plant, failed: 0, broken: {}, tally, seconds: 0 };
}

export function count(summary: Summary, { violation, tally }: Verdict): void {
  summary.seeds++;
  for (const [name, value] of Object.entries(tally)) summary.tally[name as keyof Tally] += value;
  if (!violation) return;
  summary.failed++;
  summary.broken[violation.invariant] = (summary.broken[violation.invariant] ?? 0) + 1;
}

/** How to see a seed again. */
export function reproduction(seed: number, plant: string | undefined): string {
  return `npm run simulate -- --from ${seed} --seeds 1${plant === undefined ? '' : ` --plant ${plant}`}`;
}

export function failureLine({ seed, violation }: Verdict): string {
  return `seed ${seed} breaks ${violation?.invariant}: ${violation?.message}`;
}

export function summaryLines({ seeds, failed, broken, tally, seconds, plant }: Summary): string[] {
  const number = (value: number): string => value.toLocaleString('en');
  const rate = (seeds / seconds).toFixed(1);
  const what = Object.entries(broken).map(([invariant, times]) => `${invariant} ${times}`);
  return [
    `${number(seeds)} ${seeds === 1 ? 'seed' : 'seeds'}${plant === undefined ? '' : ` with ${plant}`} in ${seconds.toFixed(1)} s (${rate} a second): ${failed === 0 ? 'every invariant held' : `${number(failed)} broke an invariant (${what.join(', ')})`}`,
    `${number(tally.passes)} passes in ${number(tally.runs)} runs, ${number(tally.killed)} of them killed; ${number(tally.calls)} calls, ${number(tally.writes)} of them writes; ${number(tally.faults)} faults; ${number(tally.events)} events`,
  ];
}
