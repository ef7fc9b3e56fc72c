import type { CloudWatch, DimensionFilter } from '@aws-sdk/client-cloudwatch';
import type { Operations } from '../../core/service.ts';
import { metricKey } from '../../world/metrics/metric.ts';
import type { KnownMetric } from '../../world/metrics/metrics.ts';
import { writeDimensions } from './dimensions.ts';
import { pageOf } from './pages.ts';

const largestPage = 500;
const hourMs = 3_600_000;

/** Metrics are listed for two weeks after their last value. */
const listedMs = 14 * 24 * hourMs;

export const listMetrics: Operations<CloudWatch> = {
  ListMetrics(input, { cell }) {
    const { Namespace, MetricName, Dimensions = [], RecentlyActive } = input;
    const since = cell.clock.now() - (RecentlyActive === 'PT3H' ? 3 * hourMs : listedMs);
    const matching = cell.metrics.all.filter(
      (metric) =>
        metric.lastPutAt >= since &&
        (Namespace === undefined || metric.namespace === Namespace) &&
        (MetricName === undefined || metric.name === MetricName) &&
        Dimensions.every((filter) => hasDimension(metric, filter)),
    );
    const { items, nextToken } = pageOf(matching, metricKey, { limit: largestPage, token: input.NextToken });
    return {
      Metrics: items.map(({ namespace, name, dimensions }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: writeDimensions(dimensions),
      })),
      NextToken: nextToken,
    };
  },
};

function hasDimension({ dimensions }: KnownMetric, { Name = '', Value }: DimensionFilter): boolean {
  return Object.hasOwn(dimensions, Name) && (Value === undefined || dimensions[Name] === Value);
}
