import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { required } from '../../core/required.ts';
import type { AlarmSettings, TreatMissingData } from '../../world/alarms/alarm.ts';
import { statisticNamed } from '../../world/metrics/statistic.ts';
import { readDimensions } from './dimensions.ts';
import { invalidCombination, missing, validationError } from './errors.ts';

const hour = 3600;
const day = 24 * hour;

const comparisons: readonly string[] = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanThreshold',
];

const treatments: readonly (string | undefined)[] = [
  undefined,
  'breaching',
  'notBreaching',
  'ignore',
  'missing',
];

/** @throws AwsError where it is not what CloudWatch takes, or not what this local AWS evaluates */
export function readSettings(input: PutMetricAlarmInput): AlarmSettings {
  refuseUnknown(input);
  if (input.Namespace === undefined) throw missing('Namespace');
  if (input.MetricName === undefined) throw missing('MetricName');
  if (input.Period === undefined) throw missing('Period');
  if (input.Threshold === undefined) throw missing('Threshold');
  const settings: AlarmSettings = {
    metric: {
      namespace: input.Namespace,
      name: input.MetricName,
      dimensions: readDimensions(input.Dimensions),
    },
    unit: input.Unit,
    period: input.Period,
    statistic: readStatistic(input),
    threshold: input.Threshold,
    comparison: required(input.ComparisonOperator, 'comparisonOperator'),
    evaluationPeriods: required(input.EvaluationPeriods, 'evaluationPeriods'),
    datapointsToAlarm: input.DatapointsToAlarm,
    treatMissingData: input.TreatMissingData as TreatMissingData | undefined,
    evaluateLowSampleCountPercentile: input.EvaluateLowSampleCountPercentile,
  };
  checkPeriods(settings);
  return settings;
}

function refuseUnknown(input: PutMetricAlarmInput): void {
  const given = (['Metrics', 'ThresholdMetricId', 'EvaluationCriteria'] as const).find(
    (name) => input[name] !== undefined,
  );
  if (given !== undefined) {
    throw validationError(
      `${given} of alarm ${input.AlarmName} is not known to this local AWS, whose alarms watch one metric: give MetricName, Namespace and Statistic`,
    );
  }
  if (!comparisons.includes(input.ComparisonOperator ?? '')) {
    throw validationError(
      `Value '${input.ComparisonOperator}' at 'comparisonOperator' failed to satisfy constraint: Member must satisfy enum value set: [${comparisons.join(', ')}]`,
    );
  }
  if (!treatments.includes(input.TreatMissingData)) {
    throw validationError(
      `The value ${input.TreatMissingData} for parameter TreatMissingData is invalid: valid values are breaching, notBreaching, ignore and missing`,
    );
  }
}

function readStatistic({ Statistic, ExtendedStatistic }: PutMetricAlarmInput): string {
  if (Statistic !== undefined && ExtendedStatistic !== undefined) {
    throw invalidCombination(
      'The parameters Statistic and ExtendedStatistic cannot be specified at the same time.',
    );
  }
  const name = Statistic ?? ExtendedStatistic;
  if (name === undefined) throw missing('Statistic or ExtendedStatistic');
  if (!statisticNamed(name)) {
    throw validationError(
      `The value ${name} for parameter ExtendedStatistic is not supported here: give a percentile such as p99.9`,
    );
  }
  return name;
}

function checkPeriods({ period, evaluationPeriods, datapointsToAlarm }: AlarmSettings): void {
  if (![10, 20, 30].includes(period) && (period < 60 || period % 60 !== 0)) {
    throw validationError(`Period must be 10, 20, 30 or a multiple of 60, got ${period}`);
  }
  if (evaluationPeriods < 1)
    throw validationError(`EvaluationPeriods must be at least 1, got ${evaluationPeriods}`);
  if (datapointsToAlarm !== undefined && (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods)) {
    throw validationError(
      `DatapointsToAlarm must be from 1 to EvaluationPeriods (${evaluationPeriods}), got ${datapointsToAlarm}`,
    );
  }
  const [longest, name] = period < hour ? [day, 'a day'] : [7 * day, 'a week'];
  if (period * evaluationPeriods > longest) {
    throw validationError(
      `Metrics cannot be checked across more than ${name} (EvaluationPeriods * Period must be <= ${longest}).`,
    );
  }
}
