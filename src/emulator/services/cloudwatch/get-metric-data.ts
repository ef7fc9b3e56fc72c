import type {
  CloudWatch,
  GetMetricDataInput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../core/aws-error.ts';
import type { Call, Operations } from '../../core/service.ts';
import { type Statistic, statisticNamed } from '../../world/metrics/statistic.ts';
import { readDimensions } from './dimensions.ts';
import { missing, validationError } from './errors.ts';
import { checkPeriod, readRange } from './period.ts';

const most = { queries: 500, datapoints: 100_800 };

export const metricData: Operations<CloudWatch> = {
  GetMetricData(input, call) {
    const queries = input.MetricDataQueries ?? [];
    checkQueries(queries);
    const results = queries
      .map((query) => ({ query, result: answer(query, input, call) }))
      .filter(({ query }) => query.ReturnData !== false)
      .map(({ result }) => result);
    return { ...page(results, input), Messages: [] };
  },
};

function checkQueries(queries: readonly MetricDataQuery[]): void {
  if (queries.length > most.queries) {
    throw validationError(
      `The collection MetricDataQueries must not have a size greater than ${most.queries}.`,
    );
  }
  const ids = queries.map(({ Id = '' }) => Id);
  const invalid = ids.find((id) => !/^[a-z][a-zA-Z0-9_]*$/.test(id));
  if (invalid !== undefined) {
    throw validationError(
      `The value ${invalid} for parameter MetricDataQueries.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined)
    throw validationError(`The values for parameter id in MetricDataQueries are not unique: ${repeated}.`);
}

function answer(query: MetricDataQuery, input: GetMetricDataInput, { cell }: Call): MetricDataResult {
  const { Id, Label, MetricStat: asked } = query;
  if (query.Expression !== undefined) {
    throw validationError(
      `Expression ${query.Expression} of ${Id} is not known to this local AWS, which has no metric math: ask for metrics by MetricStat`,
    );
  }
  if (!asked?.Metric?.MetricName || !asked.Metric.Namespace)
    throw missing('MetricDataQueries.MetricStat.Metric');
  const seconds = asked.Period ?? 0;
  checkPeriod(seconds);
  const { MetricName: name, Namespace: namespace, Dimensions } = asked.Metric;
  const statistic = requireStatistic(asked.Stat ?? '');
  const read = cell.metrics.read({
    namespace,
    name,
    dimensions: readDimensions(Dimensions),
    unit: asked.Unit,
    ...readRange(input, seconds),
  });
  const points = [...read].flatMap(([at, values]): [Date, number][] => {
    const value = statistic(values);
    return value === undefined ? [] : [[new Date(at), value]];
  });
  if (input.ScanBy !== 'TimestampAscending') points.reverse();
  return {
    Id,
    Label: Label ?? name,
    Timestamps: points.map(([at]) => at),
    Values: points.map(([, value]) => value),
    StatusCode: 'Complete',
  };
}

/** @throws AwsError `ValidationException` */
function requireStatistic(name: string): Statistic {
  const statistic = statisticNamed(name);
  if (statistic) return statistic;
  throw validationError(
    `The value ${name} for parameter MetricStat.Stat is not supported here: give SampleCount, Average, Sum, Minimum, Maximum, or a percentile such as p99.9.`,
  );
}

interface Page {
  MetricDataResults: MetricDataResult[];
  NextToken: string | undefined;
}

/** A page has so many datapoints in all; the token counts those before it. */
function page(
  results: readonly MetricDataResult[],
  { MaxDatapoints: limit = most.datapoints, NextToken }: GetMetricDataInput,
): Page {
  const first = NextToken === undefined ? 0 : readToken(NextToken);
  const last = first + limit;
  let before = 0;
  const MetricDataResults = results.map((result) => {
    const [from, to] = [Math.max(0, first - before), Math.max(0, last - before)];
    const { Timestamps = [], Values = [] } = result;
    before += Values.length;
    return {
      ...result,
      Timestamps: Timestamps.slice(from, to),
      Values: Values.slice(from, to),
      StatusCode: to < Values.length ? ('PartialData' as const) : ('Complete' as const),
    };
  });
  const NextTokenOut = before > last ? Buffer.from(`datapoint:${last}`).toString('base64url') : undefined;
  return { MetricDataResults, NextToken: NextTokenOut };
}

function readToken(token: string): number {
  const count = /^datapoint:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (count === undefined) throw new AwsError('InvalidNextToken', 'The next token specified is invalid.');
  return Number(count);
}
