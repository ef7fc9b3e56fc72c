import { describe, expect, it } from 'vitest';
import { embeddedMetrics } from './embedded-metrics.ts';

const Timestamp = 1_767_225_600_000;

function event(directive: object, members: object, metadata: object = {}): string {
  return JSON.stringify({ _aws: { Timestamp, CloudWatchMetrics: [directive], ...metadata }, ...members });
}

const directive = {
  Namespace: 'albridge',
  Dimensions: [['Binding']],
  Metrics: [{ Name: 'Desired', Unit: 'Count' }],
};
const members = { Binding: 'one', Desired: 3 };

const told = (message: string) =>
  embeddedMetrics(message).map(
    ({ namespace, name, dimensions, unit, timestamp, highResolution, values }) => ({
      metric: `${namespace} ${name} ${Object.entries(dimensions).join(' ')}`.trim(),
      unit,
      timestamp,
      highResolution,
      sum: values.sum,
      count: values.count,
    }),
  );

describe('embedded metric format', () => {
  it('makes a metric of a value, in its unit and at its time', () => {
    expect(told(event(directive, members))).toEqual([
      {
        metric: 'albridge Desired Binding,one',
        unit: 'Count',
        timestamp: Timestamp,
        highResolution: false,
        sum: 3,
        count: 1,
      },
    ]);
  });

  it('makes one for each set of dimensions, the empty one among them', () => {
    const sets = { ...directive, Dimensions: [['Binding', 'Zone'], ['Zone'], []] };
    expect(told(event(sets, { ...members, Zone: 'a' })).map(({ metric }) => metric)).toEqual([
      'albridge Desired Binding,one Zone,a',
      'albridge Desired Zone,a',
      'albridge Desired',
    ]);
  });

  it('makes metrics of every directive, of several values, in no unit, of high resolution', () => {
    const other = {
      ...directive,
      Namespace: 'other',
      Metrics: [{ Name: 'Times', StorageResolution: 1 }, { Name: 'Desired' }],
    };
    const message = event({}, { ...members, Times: [1, 2, 4] }, { CloudWatchMetrics: [directive, other] });
    expect(told(message)).toMatchObject([
      { metric: 'albridge Desired Binding,one' },
      { metric: 'other Times Binding,one', unit: 'None', highResolution: true, sum: 7, count: 3 },
      { metric: 'other Desired Binding,one', unit: 'None' },
    ]);
  });

  it('leaves out what has no value, and keeps the rest', () => {
    const metrics = { ...directive, Metrics: [{ Name: 'Healthy' }, { Name: 'Desired' }] };
    expect(told(event(metrics, members)).map(({ metric }) => metric)).toEqual([
      'albridge Desired Binding,one',
    ]);
  });

  it.each([
    ['text', 'pass of one: 3 desired'],
    ['a prefix', `2026-01-01 INFO ${event(directive, members)}`],
    ['half of it', event(directive, members).slice(0, -2)],
    ['other JSON', JSON.stringify({ level: 'info', message: '"_aws"' })],
    ['no timestamp', event(directive, members, { Timestamp: undefined })],
    ['a timestamp in words', event(directive, members, { Timestamp: '2026-01-01' })],
    ['directives that are none', event(directive, members, { CloudWatchMetrics: 'albridge' })],
    ['no namespace', event({ ...directive, Namespace: undefined }, members)],
    ['a dimension without its value', event(directive, { Desired: 3 })],
    ['a dimension that is no text', event(directive, { ...members, Binding: 7 })],
    ['dimensions that are no lists', event({ ...directive, Dimensions: ['Binding'] }, members)],
    ['a value in words', event(directive, { ...members, Desired: 'three' })],
    ['too many values', event(directive, { ...members, Desired: Array(101).fill(1) })],
    ['too many metrics', event({ ...directive, Metrics: Array(101).fill({ Name: 'Desired' }) }, members)],
  ])('makes none of %s', (_what, message) => {
    expect(embeddedMetrics(message)).toEqual([]);
  });
});
