import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlbridgeError } from '../engine/errors.ts';
import type { Fate, Fates } from '../engine/fate.ts';
import { complete, type Known, type Observation, sample, unknown } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';
import { merge, mergedSource, mergeFates } from './merged.ts';
import { staticSource } from './static.ts';

const lost = (message: string): Observation => unknown(new AlbridgeError('source-unknown', message));

const part = (observation: Observation, fates: Fates = new Map()): Source => ({
  read: async () => observation,
  confirm: async () => fates,
});

const address = fc.integer({ min: 1, max: 12 }).map((last) => `10.0.0.${last}`);
const known: fc.Arbitrary<Known> = fc.record({
  kind: fc.constant('known' as const),
  addresses: fc.uniqueArray(address),
  extent: fc.constantFrom('complete' as const, 'sample' as const),
  outOfService: fc.uniqueArray(address),
});
const parts = fc.array(known, { minLength: 1, maxLength: 4 });

describe('a merged source', () => {
  it('names what its parts name, in order', async () => {
    const source = mergedSource([
      staticSource(['10.0.0.10', '10.0.0.2']),
      staticSource(['10.0.0.9', '10.0.0.2']),
    ]);
    expect(await source.read()).toEqual(complete(['10.0.0.2', '10.0.0.9', '10.0.0.10']));
  });

  it('does not know where a part does not, and says why (FM1)', async () => {
    const source = mergedSource([staticSource(['10.0.0.1']), part(lost('SERVFAIL'))]);
    expect(await source.read()).toEqual(lost('SERVFAIL'));
    const lonely = mergedSource([part(lost('SERVFAIL')), part(lost('timed out'))]);
    expect(await lonely.read()).toMatchObject({
      cause: {
        code: 'source-unknown',
        message: 'SERVFAIL; timed out',
        cause: { errors: [{ message: 'SERVFAIL' }, { message: 'timed out' }] },
      },
    });
  });

  it('leaves the error of its one part that does not know as it is (FM1)', async () => {
    const cause = new AlbridgeError('role-refused', 'denied');
    expect(merge([complete(['10.0.0.1']), unknown(cause)])).toHaveProperty('cause', cause);
  });

  it('asks each part what became of an address (FM2)', async () => {
    const source = mergedSource([
      part(complete([]), new Map([['10.0.0.1', 'gone']])),
      part(complete([]), new Map([['10.0.0.1', 'alive']])),
    ]);
    expect(await source.confirm(['10.0.0.1'], complete([]))).toEqual(new Map([['10.0.0.1', 'alive']]));
  });

  it('does not confirm an address of which a part says nothing (FM2)', () => {
    const told = [new Map([['10.0.0.1', 'gone' as const]]), new Map()];
    expect([...mergeFates(['10.0.0.1'], told)]).toEqual([]);
  });

  it('confirms nothing where a part cannot (FM2)', async () => {
    const failing: Source = { ...part(complete([])), confirm: () => Promise.reject(new Error('throttled')) };
    const source = mergedSource([staticSource(['10.0.0.1']), failing]);
    await expect(source.confirm(['10.0.0.2'], complete([]))).rejects.toThrow('throttled');
  });
});

describe('merge', () => {
  it('is a sample where a part is one (FM3)', () => {
    expect(merge([complete(['10.0.0.1']), sample(['10.0.0.2'])])).toEqual(sample(['10.0.0.1', '10.0.0.2']));
  });

  it('takes what one part has in service for in service', () => {
    const one = complete(['10.0.0.1'], ['10.0.0.2', '10.0.0.3']);
    expect(merge([one, complete(['10.0.0.2'])])).toEqual(complete(['10.0.0.1', '10.0.0.2'], ['10.0.0.3']));
  });

  it('loses nothing, and names each address once', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const { addresses, outOfService } = merge(given) as Known;
        expect(new Set(addresses)).toEqual(new Set(given.flatMap((each) => each.addresses)));
        expect(new Set([...addresses, ...outOfService]).size).toBe(addresses.length + outOfService.length);
      }),
    );
  });

  it('does not depend on the order of its parts, nor on how they are grouped', () => {
    fc.assert(
      fc.property(parts, parts, (some, others) => {
        const whole = merge([...some, ...others]);
        expect(merge([...others, ...some])).toEqual(whole);
        expect(merge([merge(some), merge(others)])).toEqual(whole);
      }),
    );
  });

  it('never knows where a part does not (FM1)', () => {
    fc.assert(
      fc.property(parts, fc.nat(), (given, place) => {
        const observations: Observation[] = [...given];
        observations.splice(place % (given.length + 1), 0, lost('SERVFAIL'));
        expect(merge(observations).kind).toBe('unknown');
      }),
    );
  });
});

describe('mergeFates', () => {
  it.each<{ told: (Fate | undefined)[]; want: Fate | undefined }>([
    { told: ['untold', 'gone'], want: 'gone' },
    { told: ['untold', 'reassigned'], want: 'reassigned' },
    { told: ['reassigned', 'alive'], want: 'alive' },
    { told: ['reassigned', 'in-service'], want: 'in-service' },
    { told: ['gone', 'reassigned'], want: 'reassigned' },
    { told: ['gone', undefined], want: undefined },
    { told: ['untold', 'untold'], want: 'untold' },
  ])('makes $want of $told (FM31)', ({ told, want }) => {
    const parts = told.map((fate): Fates => new Map(fate === undefined ? [] : [['10.0.0.1', fate]]));
    const fates = mergeFates(['10.0.0.1'], parts);
    expect([...fates]).toEqual(want === undefined ? [] : [['10.0.0.1', want]]);
  });
});
