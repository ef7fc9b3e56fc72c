import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.ts';

const seeds = 300;
const block = 50;

/** In the traces. */
const sights = [
  'web scales to',
  'web replaces',
  'dies',
  'a stranger gets',
  'somebody allows',
  'killed',
  '[throttled]',
  '[unavailable]',
  '[lost]',
  '[unanswered]',
  '[repeated]',
  '[halfway]',
  ' and more',
  '→ no-answer',
  '(reassigned)',
  '(gone)',
  '(out-of-service)',
  '(replaced)',
  '(in-service)',
  '(too-few-healthy)',
  '(max-removals)',
  '(unconfirmed)',
  '(add-failed)',
  'IncorrectState',
  'PrefixListVersionMismatch',
  'TooManyTargets',
  'RulesPerSecurityGroupLimitExceeded',
  'has no room for',
  '(making-room)',
  '(obsolete)',
  '2001:db8::',
  'dns NS',
  'dns AAAA',
  '→ server-failure',
  'database.example.com stands for',
  'the endpoint is put into',
  'cache node',
];

describe('simulate', () => {
  const starts = Array.from({ length: seeds / block }, (_, index) => 1 + index * block);

  it.each(starts)(`holds every invariant in the ${block} worlds from seed %i`, async (from) => {
    for (let seed = from; seed < from + block; seed++) {
      const { violation } = await simulate(seed);
      expect(violation, `seed ${seed}`).toBeUndefined();
    }
  });

  it.each([7, 11, 110, 118])('does the same each time for the same seed: %i', async (seed) => {
    const traces: string[][] = [[], []];
    for (const trace of traces) await simulate(seed, { write: (line) => void trace.push(line) });
    expect(traces[0]?.length).toBeGreaterThan(500);
    expect(traces[1]).toEqual(traces[0]);
  });

  it('meets with everything it is there for', async () => {
    const missing = new Set(sights);
    const look = (line: string): void => {
      for (const sight of missing) if (line.includes(sight)) missing.delete(sight);
    };
    for (let seed = 101; seed <= 200 && missing.size > 0; seed++) await simulate(seed, { write: look });
    expect([...missing]).toEqual([]);
  });
});
