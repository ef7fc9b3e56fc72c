import type {
  CloudWatch,
  Datapoint,
  GetMetricStatisticsInput,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import type { Distribution } from '../../world/metrics/distribution.ts';
import { statisticNamed } from '../../world/metrics/statistic.ts';
import { readDimensions } from './dimensions.ts';
import { invalidCombination, invalidValue } from './errors.ts';
import { checkPeriod, readRange } from './period.ts';

const mostDatapoints = 1440;

export const metricStatistics: Operations<CloudWatch> = {
  GetMetricStatistics(input, { cell }) {
    const seconds = required(input.Period, 'period');
    checkPeriod(seconds);
    checkStatistics(input);
    const range = readRange(input, seconds);
    const points = Math.ceil((range.end - range.start) / range.period);
    if (points > mostDatapoints) {
      throw invalidCombination(
        `You have requested up to ${points.toLocaleString('en')} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const name = required(input.MetricName, 'metricName');
    const metric = {
      namespace: required(input.Namespace, 'namespace'),
      name,
      dimensions: readDimensions(input.Dimensions),
    };
    const read = cell.metrics.read({ ...metric, unit: input.Unit, ...range });
    const unit = (input.Unit ?? cell.metrics.unitsOf(metric)[0]) as StandardUnit | undefined;
    const Datapoints = [...read].map(([at, values]) => describe(at, values, { ...input, Unit: unit }));
    return { Label: name, Datapoints };
  },
};

function checkStatistics({ Statistics = [], ExtendedStatistics = [] }: GetMetricStatisticsInput): void {
  if (Statistics.length === 0 && ExtendedStatistics.length === 0) {
    throw invalidCombination(
      'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
    );
  }
  const unknown = [...Statistics, ...ExtendedStatistics].find((name) => !statisticNamed(name));
  if (unknown !== undefined) {
    throw invalidValue(
      `The value ${unknown} for parameter ExtendedStatistics is not supported here: give a percentile such as p99.9.`,
    );
  }
}

function describe(at: number, values: Distribution, asked: GetMetricStatisticsInput): Datapoint {
  const of = (names: readonly string[] = []) =>
    Object.fromEntries(names.map((name) => [name, statisticNamed(name)?.(values)]));
  return {
    Timestamp: new Date(at),
    ...of(asked.Statistics),
    ...(asked.Unit && { Unit: asked.Unit }),
    ...(asked.ExtendedStatistics?.length && {
      ExtendedStatistics: of(asked.ExtendedStatistics) as Record<string, number>,
    }),
  };
}
