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

/** Pairs from the alternating names and values that `node:http` calls raw headers. */
export function headerPairs(rawHeaders: readonly string[]): HeaderPairs {
  const pairs: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return pairs;
}

export function rawHeaders(pairs: HeaderPairs): string[] {
  return pairs.flat();
}

/** Every value of a header, the first first. */
export function valuesOf(pairs: HeaderPairs, wanted: string): string[] {
  return pairs.filter(([name]) => isNamed(name, wanted)).map(([, value]) => value);
}

/** What a proxy passes on (RFC 9110 section 7.6.1): all but what is about one connection. */
export function endToEnd(pairs: HeaderPairs): HeaderPairs {
  const listed = valuesOf(pairs, 'connection').flatMap((value) => value.split(','));
  const dropped = new Set(listed.map((name) => name.trim().toLowerCase()));
  return pairs.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && !dropped.has(name.toLowerCase()));
}

export function without(pairs: HeaderPairs, unwanted: string): HeaderPairs {
  return pairs.filter(([name]) => !isNamed(name, unwanted));
}

/** The header with this value alone. */
export function replaced(pairs: HeaderPairs, name: string, value: string): HeaderPairs {
  return [...without(pairs, name), [name, value]];
}

/** The header's values so far and this one, as one comma-separated list. */
export function appended(pairs: HeaderPairs, name: string, value: string): HeaderPairs {
  return replaced(pairs, name, [...valuesOf(pairs, name), value].join(', '));
}

function isNamed(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}
