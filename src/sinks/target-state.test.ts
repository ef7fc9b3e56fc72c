import type { TargetHealthStateEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import type { EntryState } from '../engine/sink.ts';
import { entryState, stateReason } from './target-state.ts';

describe('entryState', () => {
  it.each<{ State: TargetHealthStateEnum | undefined; want: EntryState }>([
    { State: 'healthy', want: 'healthy' },
    { State: 'unhealthy', want: 'unhealthy' },
    { State: 'unhealthy.draining', want: 'unhealthy' },
    { State: 'unused', want: 'unused' },
    { State: 'draining', want: 'draining' },
    { State: 'initial', want: 'initial' },
    { State: 'unavailable', want: 'initial' },
    { State: undefined, want: 'initial' },
  ])('takes $State for $want', ({ State, want }) => {
    expect(entryState({ State })).toBe(want);
  });

  it('takes a target without a word on its health for one not yet judged', () => {
    expect(entryState(undefined)).toBe('initial');
  });
});

describe('stateReason', () => {
  it.each([
    { health: undefined, want: undefined },
    { health: {}, want: undefined },
    { health: { Reason: 'Target.Timeout' }, want: 'Target.Timeout' },
    { health: { Description: 'Request timed out' }, want: 'Request timed out' },
    {
      health: { Reason: 'Target.Timeout', Description: 'Request timed out' },
      want: 'Target.Timeout: Request timed out',
    },
  ] as const)('says $want', ({ health, want }) => {
    expect(stateReason(health)).toBe(want);
  });
});
