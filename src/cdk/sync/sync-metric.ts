import type { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** Whose metric, and how far apart its values are. */
export interface Measured {
  /** What the dimension `Binding` says. */
  readonly passName: string;
  readonly period: Duration;
}

/** A metric of a binding, over a period that is no shorter than what lies between two passes. */
export function syncMetric(
  { passName, period }: Measured,
  metricName: string,
  props: cloudwatch.MetricOptions = {},
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    dimensionsMap: { Binding: passName },
    metricName,
    namespace: 'albridge',
    period,
    ...props,
  });
}
