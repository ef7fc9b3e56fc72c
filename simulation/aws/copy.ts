/** A deep copy of what calls take and give: plain objects, lists, dates and values. Several times as fast as a clone. */
export function copyOf<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (value instanceof Date) return new Date(value) as Value;
  const copy: Record<string, unknown> = {};
  for (const key in value) if (value[key] !== undefined) copy[key] = copyOf(value[key]);
  return copy as Value;
}
