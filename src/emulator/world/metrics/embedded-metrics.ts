import { distributionOf } from './distribution.ts';
import type { Datum } from './metrics.ts';

type Json = { readonly [member: string]: unknown };

const most = { dimensions: 30, metrics: 100, values: 100 };

/**
 * The metrics that a log event holds in embedded metric format: for each directive, each metric in each set of
 * dimensions. A directive that is not as the specification wants it makes none; nor does a metric that has no number.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(message: string): Datum[] {
  // Asked of every event, and most are no JSON at all.
  if (!message.startsWith('{') || !message.includes('"_aws"')) return [];
  const root = parse(message);
  const metadata = root?._aws;
  if (!root || !isObject(metadata)) return [];
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = metadata;
  if (typeof timestamp !== 'number' || !Array.isArray(directives)) return [];
  return directives.flatMap((directive: unknown) => readDirective(directive, root, timestamp));
}

function readDirective(directive: unknown, root: Json, timestamp: number): Datum[] {
  if (!isObject(directive)) return [];
  const { Namespace: namespace, Dimensions: sets, Metrics: definitions } = directive;
  if (typeof namespace !== 'string' || namespace === '') return [];
  if (!Array.isArray(sets) || !Array.isArray(definitions) || definitions.length > most.metrics) return [];
  const dimensionSets = sets.map((set: unknown) => readDimensions(set, root));
  return definitions.flatMap((definition: unknown) => {
    const measured = isObject(definition) ? readMetric(definition, root) : undefined;
    if (!measured) return [];
    return dimensionSets.flatMap((dimensions) =>
      dimensions ? [{ ...measured, namespace, dimensions, timestamp }] : [],
    );
  });
}

/** The values of the members that a set names; undefined where one is not there, or is no text. */
function readDimensions(set: unknown, root: Json): Record<string, string> | undefined {
  if (!Array.isArray(set) || set.length > most.dimensions) return undefined;
  const dimensions = set.map((name: unknown) => [name, root[String(name)]] as const);
  const isValid = dimensions.every(
    ([name, value]) => typeof name === 'string' && typeof value === 'string' && value !== '',
  );
  return isValid ? (Object.fromEntries(dimensions) as Record<string, string>) : undefined;
}

function readMetric(
  { Name: name, Unit: unit = 'None', StorageResolution: resolution = 60 }: Json,
  root: Json,
): Pick<Datum, 'name' | 'unit' | 'highResolution' | 'values'> | undefined {
  if (typeof name !== 'string' || typeof unit !== 'string') return undefined;
  const values = [root[name]].flat();
  if (values.length === 0 || values.length > most.values || !values.every(Number.isFinite)) return undefined;
  return { name, unit, highResolution: resolution === 1, values: distributionOf(values as number[]) };
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
