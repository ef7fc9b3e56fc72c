/** Headers as they were sent: order, case and repetition kept. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Every value of a header, the first first. */
export function valuesOf(pairs: HeaderPairs, wanted: string): string[] {
  const values: string[] = [];
  for (const [name, value] of pairs) if (isNamed(name, wanted)) values.push(value);
  return values;
}

/** The first value of a header. */
export function firstValue(pairs: HeaderPairs, wanted: string): string | undefined {
  for (const [name, value] of pairs) if (isNamed(name, wanted)) return value;
  return undefined;
}

/** The members of a header that is a comma-separated list of words, in lower case. */
export function listOf(pairs: HeaderPairs, wanted: string): string[] {
  const values = valuesOf(pairs, wanted);
  return values.length === 0
    ? values
    : values
        .join()
        .toLowerCase()
        .split(/[ \t]*,[ \t]*/);
}

/** What says how a message is read, and for whom it is, is not for a sender to have left out. */
const INDISPENSABLE = new Set(['content-length', 'host']);

/** What a proxy passes on (RFC 9110 section 7.6.1): all but what is about one connection. */
export function endToEnd(pairs: HeaderPairs): HeaderPairs {
  const dropped = listOf(pairs, 'connection');
  return pairs.filter(([name]) => {
    const lowerCase = name.toLowerCase();
    return !HOP_BY_HOP.has(lowerCase) && (!dropped.includes(lowerCase) || INDISPENSABLE.has(lowerCase));
  });
}

export function without(pairs: HeaderPairs, unwanted: string): HeaderPairs {
  return pairs.filter(([name]) => !isNamed(name, unwanted));
}

/** The header with this value alone. */
export function replaced(pairs: HeaderPairs, name: string, value: string): HeaderPairs {
  return [...without(pairs, name), [name, value]];
}

/** Each of some headers with its value alone; left out where it is undefined. */
export function changed(
  pairs: HeaderPairs,
  values: Readonly<Record<string, string | undefined>>,
): HeaderPairs {
  const names = Object.keys(values);
  const all = pairs.filter(([name]) => !names.some((wanted) => isNamed(name, wanted)));
  for (const name of names) {
    const value = values[name];
    if (value !== undefined) all.push([name, value]);
  }
  return all;
}

/** The header's values so far and this one, as one comma-separated list. */
export function listed(pairs: HeaderPairs, name: string, value: string): string {
  return [...valuesOf(pairs, name), value].join(', ');
}

function isNamed(name: string, wanted: string): boolean {
  // Asked many times for each request: most names differ in their length.
  return name.length === wanted.length && name.toLowerCase() === wanted.toLowerCase();
}
