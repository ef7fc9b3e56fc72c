import type { CloudWatch, MetricDatum } from '@aws-sdk/client-cloudwatch';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { type Distribution, distributionOf, summary } from '../../world/metrics/distribution.ts';
import { type Datum, datable } from '../../world/metrics/metrics.ts';
import { readDimensions } from './dimensions.ts';
import { invalidCombination, invalidValue, missing } from './errors.ts';

const most = { data: 1000, values: 150 };
const prefixes = ['Kilo', 'Mega', 'Giga', 'Tera'];
const sizes = ['Bytes', 'Bits'].flatMap((unit) => [
  unit,
  ...prefixes.map((prefix) => prefix + unit.toLowerCase()),
]);
const amounts = [...sizes, 'Count'];
const units: readonly string[] = [
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'None'],
  ...amounts,
  ...amounts.map((amount) => `${amount}/Second`),
];

export const putMetricData: Operations<CloudWatch> = {
  PutMetricData(input, { cell }) {
    const namespace = required(input.Namespace, 'namespace');
    const { MetricData = [], EntityMetricData = [] } = input;
    const all = [...MetricData, ...EntityMetricData.flatMap(({ MetricData: data = [] }) => data)];
    if (all.length === 0) throw missing('MetricData');
    if (all.length > most.data) {
      throw invalidValue(`The collection MetricData must not have a size greater than ${most.data}.`);
    }
    const read = all.map((datum, index) =>
      readDatum(datum, `MetricData.member.${index + 1}`, { namespace, now: cell.clock.now() }),
    );
    for (const datum of read) cell.metrics.put(datum);
    return {};
  },
};

function readDatum(
  datum: MetricDatum,
  at: string,
  { namespace, now }: { namespace: string; now: number },
): Datum {
  const unit = datum.Unit ?? 'None';
  if (!datum.MetricName) throw missing(`${at}.MetricName`);
  if (!units.includes(unit)) {
    throw invalidValue(`The parameter ${at}.Unit must be a value in the set [ ${units.join(', ')} ].`);
  }
  if (![undefined, 1, 60].includes(datum.StorageResolution)) {
    throw invalidValue(`The parameter ${at}.StorageResolution must be 1 or 60.`);
  }
  const timestamp = datum.Timestamp?.getTime() ?? now;
  if (timestamp < now - datable.backMs) {
    throw invalidValue(
      `The parameter ${at}.Timestamp must specify a time no more than two weeks in the past.`,
    );
  }
  if (timestamp > now + datable.aheadMs) {
    throw invalidValue(`The parameter ${at}.Timestamp must specify a time within two hours in the future.`);
  }
  return {
    namespace,
    name: datum.MetricName,
    dimensions: readDimensions(datum.Dimensions),
    unit,
    timestamp,
    highResolution: datum.StorageResolution === 1,
    values: readValues(datum, at),
  };
}

/** A value, several with their counts, or what somebody has summed up. */
function readValues({ Value, Values, Counts, StatisticValues }: MetricDatum, at: string): Distribution {
  const given = [Value, Values, StatisticValues].filter((form) => form !== undefined).length;
  if (given === 0) throw missing(`${at}.Value`);
  if (given > 1) {
    throw invalidCombination(
      `The parameters ${at}.Value and ${at}.StatisticValues are mutually exclusive and you have specified both.`,
    );
  }
  if (StatisticValues) return readSummary(StatisticValues, at);
  const values = Values ?? [Value ?? 0];
  checkValues(values, Counts, at);
  return distributionOf(values, Counts);
}

function checkValues(values: readonly number[], counts: readonly number[] | undefined, at: string): void {
  if (counts && counts.length !== values.length) {
    throw invalidValue(`The parameters ${at}.Values and ${at}.Counts must be of the same size.`);
  }
  if (values.length === 0 || values.length > most.values) {
    throw invalidValue(`The parameter ${at}.Values must have 1 to ${most.values} values.`);
  }
  if (![...values, ...(counts ?? [])].every(Number.isFinite)) {
    throw invalidValue(`The parameter ${at}.Value must be a number: NaN and Infinity are not.`);
  }
}

function readSummary(given: NonNullable<MetricDatum['StatisticValues']>, at: string): Distribution {
  const [count, sum] = [given.SampleCount ?? 0, given.Sum ?? 0];
  const [minimum, maximum] = [given.Minimum ?? 0, given.Maximum ?? 0];
  if (count <= 0)
    throw invalidValue(`The parameter ${at}.StatisticValues.SampleCount must be greater than 0.`);
  if (minimum > maximum) {
    throw invalidValue(
      `The parameter ${at}.StatisticValues.Minimum must not exceed ${at}.StatisticValues.Maximum.`,
    );
  }
  return summary({ count, sum, minimum, maximum });
}
