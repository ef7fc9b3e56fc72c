import { EC2Client } from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run } from '../src/app/run.ts';
import { sync } from '../src/app/sync.ts';
import { parseConfig } from '../src/config/parse-config.ts';
import { expectNoCall, expectNoRemoval, expectNoWrite, settled } from './expect.ts';
import { fuzz, kinds } from './fuzz.ts';
import type { Kind } from './kind.ts';
import { createFuzzWorld } from './world.ts';

const cases = 2_000;

describe('bad input', () => {
  it.each(kinds)(
    'of the kind $name raises errors of ours alone, and removes nothing (FM1, FM30)',
    async (kind) => {
      const verdict = await fuzz(kind, { cases: Math.ceil(cases * kind.share), seed: 20_260_101 });
      expect(verdict.failure).toBeUndefined();
      expect(Object.keys(verdict.counts).length).toBeGreaterThan(1);
    },
  );

  it('makes all of the cases, in shares', () => {
    expect(kinds.reduce((sum, { share }) => sum + Math.round(share * 100), 0)).toBe(100);
  });
});

describe('fuzz', () => {
  it('tells the smallest case of what fails, and how to see it again', async () => {
    const kind: Kind = {
      name: 'numbers',
      share: 1,
      property: (_world, tell) =>
        fc.asyncProperty(fc.nat(), async (number) => {
          tell(number < 10 ? 'low' : 'high');
          if (number >= 10) throw new Error('too high');
        }),
    };
    const { failure } = await fuzz(kind, { cases: 100, seed: 5 });
    expect(failure?.message).toMatch(/Counterexample: \[10\][\s\S]*too high/);
    const [, path] = /--kind numbers --cases 100 --seed 5 --path (\S+)$/.exec(failure?.reproduce ?? '') ?? [];
    const again = await fuzz(kind, { cases: 100, seed: 5, path });
    expect(again.cases).toBe(1);
    expect(again.failure?.message).toContain('Counterexample: [10]');
  });

  it('sees calls, writes and removals, which have no effect', async () => {
    const world = await createFuzzWorld();
    expectNoCall(world);
    const [follow] = world.config.bindings;
    const other = { ...follow, source: { type: 'static', addresses: [world.webNodes[0]] } };
    for (let time = 1; time <= 2; time++) {
      world.forget();
      const [outcome] = await run(parseConfig({ bindings: [other] }, 'it'), world.reach);
      expect(outcome?.removed).toHaveLength(world.webNodes.length - 1);
      expect(() => expectNoRemoval(world)).toThrow(
        'something was removed: [{"operation":"DeregisterTargets"',
      );
      expect(() => expectNoWrite(world)).toThrow('something was written');
      expect(() => expectNoCall(world)).toThrow('aws was called');
    }
  });

  it('takes errors of ours for expected, and no others', async () => {
    const { reach } = await createFuzzWorld();
    const refused = () => sync({}, { ...reach, environment: {} });
    expect(await settled(refused, ['invalid-config'])).toEqual({ code: 'invalid-config' });
    await expect(settled(refused, ['bindings-failed'])).rejects.toThrow('there is no configuration');
    const broken = () => void (EC2Client as unknown as { of(): void }).of();
    await expect(settled(broken, ['invalid-config'])).rejects.toThrow(TypeError);
  });
});
