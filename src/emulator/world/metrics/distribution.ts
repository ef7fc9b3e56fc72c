/** What is known of the values of one period. */
export interface Distribution {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  /** How often each value came; undefined where somebody summed several up, and told no more than that. */
  values: Map<number, number> | undefined;
}

/** Of more different values than these, two digits are kept. */
const mostExactValues = 100;

export function distributionOf(values: readonly number[], counts: readonly number[] = []): Distribution {
  const whole: Distribution = { ...nothing, values: new Map() };
  for (const [index, value] of values.entries()) add(whole, value, counts[index] ?? 1);
  return whole;
}

/** As somebody sums them up: single values are known only where all are the same. */
export function summary(whole: Omit<Distribution, 'values'>): Distribution {
  const isOne = whole.minimum === whole.maximum;
  return { ...whole, values: isOne ? new Map([[whole.minimum, whole.count]]) : undefined };
}

export function merge(into: Distribution | undefined, other: Distribution): Distribution {
  if (!into) return { ...other, values: other.values && new Map(other.values) };
  if (!other.values) into.values = undefined;
  for (const [value, count] of other.values ?? []) note(into, value, count);
  into.count += other.count;
  into.sum += other.sum;
  into.minimum = Math.min(into.minimum, other.minimum);
  into.maximum = Math.max(into.maximum, other.maximum);
  return into;
}

const nothing = { count: 0, sum: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };

function add(whole: Distribution, value: number, count: number): void {
  whole.count += count;
  whole.sum += value * count;
  whole.minimum = Math.min(whole.minimum, value);
  whole.maximum = Math.max(whole.maximum, value);
  note(whole, value, count);
}

function note({ values }: Distribution, value: number, count: number): void {
  if (!values) return;
  const isExact = values.has(value) || values.size < mostExactValues;
  const kept = isExact ? value : Number(value.toPrecision(2));
  values.set(kept, (values.get(kept) ?? 0) + count);
}
