import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { type Measured, syncMetric } from './sync-metric.ts';

/** A row of a dashboard: how many addresses there are, what passes did with them, and what went wrong. */
export function syncWidgets(measured: Measured): cloudwatch.IWidget[] {
  const { passName: title } = measured;
  const metrics = (statistic: string, ...names: string[]) =>
    names.map((name) => syncMetric(measured, name, { label: name, statistic }));
  const { AVERAGE, MAXIMUM, SUM } = cloudwatch.Stats;
  const leftYAxis = { min: 0 };
  return [
    new cloudwatch.GraphWidget({
      left: metrics(AVERAGE, 'Desired', 'Registered', 'Healthy', 'Unused'),
      leftYAxis,
      title,
      width: 8,
    }),
    new cloudwatch.GraphWidget({
      left: [...metrics(SUM, 'Added', 'Removed'), ...metrics(MAXIMUM, 'Withheld')],
      leftYAxis,
      title: `${title}: changes`,
      width: 8,
    }),
    new cloudwatch.GraphWidget({
      left: metrics(MAXIMUM, 'Failed', 'SourceUnknown'),
      leftYAxis,
      right: metrics(MAXIMUM, 'PassDuration'),
      title: `${title}: passes`,
      width: 8,
    }),
  ];
}
