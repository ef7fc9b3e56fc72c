import { describe, expect, it } from 'vitest';
import { simulate, type Verdict } from '../simulate.ts';
import type { Plant } from './plant.ts';
import { plants } from './plants.ts';

const mostSeeds = 200;
const starts = [1, 20_001, 777_777];

/** What each mistake may break first: anything else would be found for another reason. */
const cases: { name: string; failureMode: string; breaks: string[] }[] = [
  { name: 'source-before-sink', failureMode: 'FM15', breaks: ['I7', 'I9'] },
  { name: 'deregister-first', failureMode: 'FM7', breaks: ['I2'] },
  { name: 'unknown-as-empty', failureMode: 'FM1', breaks: ['I1', 'I3', 'I6'] },
  { name: 'draining-as-registered', failureMode: 'FM9', breaks: ['I2', 'I3', 'I8'] },
  { name: 'substring-description', failureMode: 'FM4', breaks: ['I5'] },
  { name: 'first-page-only', failureMode: 'FM5', breaks: ['I1', 'I3', 'I6', 'I7', 'I8', 'I9'] },
  { name: 'no-confirmation', failureMode: 'FM2', breaks: ['I7', 'I9'] },
  { name: 'port-left-out', failureMode: 'FM10', breaks: ['I4'] },
  { name: 'foreign-rules-revoked', failureMode: 'FM13 FM22', breaks: ['I4'] },
  { name: 'no-health-gate', failureMode: 'FM7', breaks: ['I7'] },
  { name: 'chunk-error-ignored', failureMode: 'FM32', breaks: ['I2', 'I3', 'I8'] },
  { name: 'stale-prefix-list-version', failureMode: 'FM17', breaks: ['I3', 'I6', 'I10'] },
  { name: 'zone-always-all', failureMode: 'FM11', breaks: ['I3'] },
];

async function firstFailure(plant: Plant | undefined, from: number): Promise<Verdict | undefined> {
  for (let seed = from; seed < from + mostSeeds; seed++) {
    const verdict = await simulate(seed, { plant });
    if (verdict.violation) return verdict;
  }
  return undefined;
}

describe('plants', () => {
  it('are all tried', () => {
    expect(cases.map(({ name }) => name)).toEqual(plants.map(({ name }) => name));
  });

  it.each(cases)('$failureMode: catches $name', async ({ name, breaks }) => {
    const plant = plants.find((candidate) => candidate.name === name);
    for (const from of starts) {
      const caught = await firstFailure(plant, from);
      expect(breaks, `${mostSeeds} seeds from ${from}`).toContain(caught?.violation?.invariant);
    }
  });

  it('fail at the same place again', async () => {
    const plant = plants.find(({ name }) => name === 'no-confirmation');
    const caught = await firstFailure(plant, 1);
    expect(caught?.violation).toBeDefined();
    expect(await simulate(caught?.seed ?? 0, { plant })).toEqual(caught);
  });
});
