import { describe, expect, it } from 'vitest';
import { seeded } from '../../core/random.ts';
import { physicalName } from './physical-name.ts';

describe('physicalName', () => {
  it.each([
    { stack: 'bridge', logicalId: 'Alb', most: 32, want: /^bridge-Alb-[a-z0-9]{12}$/ },
    { stack: 'bridge', logicalId: 'NlbTargetGroup', most: 32, want: /^bridge-NlbTargetGro-[a-z0-9]{12}$/ },
    {
      stack: 'a-stack-with-a-long-name',
      logicalId: 'Alb',
      most: 32,
      want: /^a-stack-with-a-Alb-[a-z0-9]{12}$/,
    },
    {
      stack: 'a-stack-with-a-long-name',
      logicalId: 'NlbTargetGroup',
      most: 32,
      want: /^a-stack-w-NlbTarget-[a-z0-9]{12}$/,
    },
    { stack: 'stack', logicalId: 'Function', most: 64, want: /^stack-Function-[a-z0-9]{12}$/ },
  ])('names $logicalId of $stack in at most $most characters', ({ stack, logicalId, most, want }) => {
    const name = physicalName(stack, logicalId, most, seeded(1));
    expect(name).toMatch(want);
    expect(name.length).toBeLessThanOrEqual(most);
  });
});
