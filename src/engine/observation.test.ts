import { describe, expect, it } from 'vitest';
import { complete, sample } from './observation.ts';

const [a, b] = ['10.0.0.1', '10.0.0.2'];

describe('an observation', () => {
  it.each([
    {
      name: 'complete',
      observed: complete([a]),
      want: { kind: 'known', addresses: [a], extent: 'complete', outOfService: [] },
    },
    {
      name: 'complete, with what is not in service',
      observed: complete([a], [b]),
      want: { kind: 'known', addresses: [a], extent: 'complete', outOfService: [b] },
    },
    {
      name: 'a sample, which says nothing of what it lacks (FM3)',
      observed: sample([a]),
      want: { kind: 'known', addresses: [a], extent: 'sample', outOfService: [] },
    },
  ])('is $name', ({ observed, want }) => {
    expect(observed).toEqual(want);
  });
});
