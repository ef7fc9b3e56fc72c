import { describe, expect, it } from 'vitest';
import { AlbridgeError } from '../engine/errors.ts';
import type { Outcome } from '../engine/outcome.ts';
import { logLine } from './log-line.ts';

const quiet: Outcome = {
  binding: 'bridge',
  desired: ['10.0.0.1'],
  registered: ['10.0.0.1'],
  healthy: ['10.0.0.1'],
  added: [],
  removed: [],
  withheld: [],
  unused: [],
  errors: [],
};

const timing = { started: Date.UTC(2026, 0, 1), duration: 120, sinceSuccess: 0 };

describe('logLine', () => {
  it('is silent about a pass in which there is nothing to tell', () => {
    expect(logLine(quiet, timing)).toBeUndefined();
  });

  it.each([
    { name: 'a change', other: { added: ['10.0.0.1'] }, level: 'info', message: 'bridge: 1 added' },
    {
      name: 'what is withheld',
      other: { withheld: [{ address: '10.0.0.2', action: 'remove', reason: 'too-few-healthy' }] },
      level: 'warn',
      message: 'bridge: 1 withheld',
    },
    {
      name: 'targets that get no traffic (FM26)',
      other: {
        unused: [{ address: '10.0.0.1', id: '10.0.0.1', state: 'unused', reason: 'Target.NotInUse' }],
      },
      level: 'warn',
      message: 'bridge: 1 unused',
    },
    {
      name: 'a failure',
      other: { errors: [new AlbridgeError('source-unknown', 'no answer')] },
      level: 'error',
      message: 'bridge: 1 error',
    },
  ] as { name: string; other: Partial<Outcome>; level: string; message: string }[])(
    'tells of $name',
    ({ other, level, message }) => {
      expect(JSON.parse(logLine({ ...quiet, ...other }, timing) ?? '')).toMatchObject({ level, message });
    },
  );
});
