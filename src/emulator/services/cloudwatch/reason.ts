import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { AlarmSettings, MetricAlarm } from '../../world/alarms/alarm.ts';
import type { RealDatapoint, Verdict } from '../../world/alarms/verdict.ts';
import { awsTime, reasonTime } from './time.ts';

const tests: Readonly<Record<string, { test(value: number, threshold: number): boolean; words: string }>> = {
  GreaterThanOrEqualToThreshold: {
    test: (value, threshold) => value >= threshold,
    words: 'greater than or equal to',
  },
  GreaterThanThreshold: { test: (value, threshold) => value > threshold, words: 'greater than' },
  LessThanOrEqualToThreshold: {
    test: (value, threshold) => value <= threshold,
    words: 'less than or equal to',
  },
  LessThanThreshold: { test: (value, threshold) => value < threshold, words: 'less than' },
};

export function isBreaching({ comparison, threshold }: AlarmSettings, value: number): boolean {
  return tests[comparison]?.test(value, threshold) ?? false;
}

/** Why an alarm goes into a state, in CloudWatch's words. */
export function reasonFor(
  { settings, state: current }: MetricAlarm,
  { state, considered, filled }: Verdict & { state: StateValue },
): string {
  const { evaluationPeriods: periods, treatMissingData = 'missing' } = settings;
  if (state === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${count(periods, 'datapoint')} ${periods === 1 ? 'was' : 'were'} unknown.`;
  }
  if (filled > 0) {
    const received = `${considered.length === 0 ? 'no datapoints were' : `${count(considered.length, 'datapoint')} ${considered.length === 1 ? 'was' : 'were'}`} received for ${count(periods, 'period')}`;
    const treated = `${count(filled, 'missing datapoint')} ${filled === 1 ? 'was' : 'were'} treated as [${treatments[treatMissingData]}]`;
    return `Threshold Crossed: ${received} and ${treated}.`;
  }
  return crossed(settings, { state, considered, before: current.value });
}

const treatments = {
  breaching: 'Breaching',
  ignore: 'Ignored',
  missing: 'Missing',
  notBreaching: 'NonBreaching',
};

function crossed(
  settings: AlarmSettings,
  {
    state,
    considered,
    before,
  }: { state: StateValue; considered: readonly RealDatapoint[]; before: StateValue },
): string {
  const { evaluationPeriods: periods, datapointsToAlarm = periods, comparison, threshold } = settings;
  const rings = state === 'ALARM';
  const decisive = considered.filter(({ value }) => isBreaching(settings, value) === rings);
  const values = decisive.map(({ at, value }) => `${decimal(value)} (${reasonTime(at)})`).join(', ');
  const were = `${decisive.length === 1 ? 'was' : 'were'}${rings ? '' : ' not'} ${tests[comparison]?.words}`;
  const least = rings ? datapointsToAlarm : periods - datapointsToAlarm + 1;
  return `Threshold Crossed: ${decisive.length} out of the last ${count(periods, 'datapoint')} [${values}] ${were} the threshold (${decimal(threshold)}) (minimum ${count(least, 'datapoint')} for ${before} -> ${state} transition).`;
}

/** The same for programs. */
export function reasonData(
  { settings }: MetricAlarm,
  { considered }: Verdict,
  { until, now }: { until: number; now: number },
): string {
  const { statistic, period, threshold, unit, evaluationPeriods } = settings;
  return JSON.stringify({
    version: '1.0',
    queryDate: awsTime(now),
    startDate: awsTime(considered[0]?.at ?? until - evaluationPeriods * period * 1000),
    ...(unit !== undefined && { unit }),
    statistic,
    period,
    recentDatapoints: considered.map(({ value }) => value),
    threshold,
    evaluatedDatapoints: considered.map(({ at, value }) => ({ timestamp: awsTime(at), value })),
  });
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** CloudWatch writes whole numbers with a decimal. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
