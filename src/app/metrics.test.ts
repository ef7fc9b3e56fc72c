import { describe, expect, it } from 'vitest';
import { AlbridgeError } from '../engine/errors.ts';
import type { Outcome } from '../engine/outcome.ts';
import { metricsLine } from './metrics.ts';

const outcome: Outcome = {
  binding: 'bridge',
  desired: ['10.0.0.1', '10.0.0.2'],
  registered: ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
  healthy: ['10.0.0.1'],
  added: ['10.0.0.2'],
  removed: [{ address: '10.0.0.4', cause: 'gone' }],
  withheld: [{ address: '10.0.0.3', action: 'remove', reason: 'too-few-healthy' }],
  unused: [],
  errors: [],
};

const timing = { started: Date.UTC(2026, 0, 1), duration: 120, sinceSuccess: 90_000 };

describe('metricsLine', () => {
  it('is embedded metric format: each metric named, with a unit, and given', () => {
    const { _aws: aws, ...values } = JSON.parse(metricsLine(outcome, timing));
    const [directive] = aws.CloudWatchMetrics;
    expect(aws.Timestamp).toBe(timing.started);
    expect(directive).toMatchObject({ Namespace: 'albridge', Dimensions: [['Binding']] });
    expect(directive.Metrics.map(({ Name }: { Name: string }) => Name)).toEqual(
      Object.keys(values).filter((name) => name !== 'Binding'),
    );
    expect(values).toEqual({
      Binding: 'bridge',
      Desired: 2,
      Registered: 3,
      Healthy: 1,
      Unused: 0,
      Added: 1,
      Removed: 1,
      Withheld: 1,
      SourceUnknown: 0,
      Failed: 0,
      PassDuration: 120,
      SecondsSinceSuccess: 90,
    });
  });

  it('gives no number for what was not known', () => {
    const { desired: _desired, healthy: _healthy, ...rest } = outcome;
    const errors = [new AlbridgeError('source-unknown', 'no answer')];
    const values = JSON.parse(metricsLine({ ...rest, errors }, timing));
    expect(values).toMatchObject({ Registered: 3, SourceUnknown: 1, Failed: 1 });
    expect(values).not.toHaveProperty('Desired');
    expect(JSON.stringify(values)).not.toContain('Healthy');
  });
});
