import type { Outcome } from '../engine/outcome.ts';
import type { Timing } from './timing.ts';

const namespace = 'albridge';

type Unit = 'Count' | 'Milliseconds' | 'Seconds';

export interface Metric {
  name: string;
  unit: Unit;
  /** Undefined where the pass could not tell: no value then, rather than a wrong one. */
  measure(outcome: Outcome, timing: Timing): number | undefined;
}

/** What each pass of a binding publishes, with the dimension `Binding`. */
export const metrics: readonly Metric[] = [
  { name: 'Desired', unit: 'Count', measure: ({ desired }) => desired?.length },
  { name: 'Registered', unit: 'Count', measure: ({ registered }) => registered?.length },
  { name: 'Healthy', unit: 'Count', measure: ({ healthy }) => healthy?.length },
  { name: 'Unused', unit: 'Count', measure: ({ unused }) => unused.length },
  { name: 'Added', unit: 'Count', measure: ({ added }) => added.length },
  { name: 'Removed', unit: 'Count', measure: ({ removed }) => removed.length },
  { name: 'Withheld', unit: 'Count', measure: ({ withheld }) => withheld.length },
  { name: 'SourceUnknown', unit: 'Count', measure: ({ errors }) => Number(errors.some(isSourceUnknown)) },
  { name: 'Failed', unit: 'Count', measure: ({ errors }) => Number(errors.length > 0) },
  { name: 'PassDuration', unit: 'Milliseconds', measure: (_outcome, { duration }) => duration },
  {
    name: 'SecondsSinceSuccess',
    unit: 'Seconds',
    measure: (_outcome, timing) => timing.sinceSuccess / 1_000,
  },
];

/** The pass in CloudWatch's embedded metric format: a line in the log that becomes metrics, without an API call. */
export function metricsLine(outcome: Outcome, timing: Timing): string {
  const values = metrics.flatMap(({ name, unit, measure }) => {
    const value = measure(outcome, timing);
    return value === undefined ? [] : [{ name, unit, value }];
  });
  return emf(outcome.binding, { timestamp: timing.started, values });
}

/** Values of one binding in embedded metric format; the timestamp in milliseconds since the Unix epoch. */
export function emf(
  binding: string,
  {
    timestamp,
    values,
  }: { timestamp: number; values: readonly { name: string; unit: Unit; value: number }[] },
): string {
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [['Binding']],
          Metrics: values.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    Binding: binding,
    ...Object.fromEntries(values.map(({ name, value }) => [name, value])),
  });
}

function isSourceUnknown({ code }: { code: string }): boolean {
  return code === 'source-unknown';
}
