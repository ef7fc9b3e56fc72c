import fc from 'fast-check';

/** Keys that mean something to JavaScript, and to what looks into values carelessly. */
const treacherousKeys = [
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'toJSON',
  'length',
  'then',
  'hasOwnProperty',
  '',
];

const treacherous = fc
  .dictionary(fc.constantFrom(...treacherousKeys), fc.constantFrom(null, 1, '', 'x', {}, []), { minKeys: 1 })
  // By way of text, as whatever comes from outside: `__proto__` is a key like any other then.
  .map(
    (value) =>
      JSON.parse(JSON.stringify(Object.entries(value).map(([key, one]) => ({ key, one })))) as Entry[],
  )
  .map((entries) =>
    JSON.parse(`{${entries.map(({ key, one }) => `${JSON.stringify(key)}:${JSON.stringify(one)}`).join()}}`),
  );

interface Entry {
  key: string;
  one: unknown;
}

/** Deeper than a stack of calls: what is read by a loop, and then walked by recursion, ends there. */
const deep = fc
  .record({ levels: fc.constantFrom(20, 500, 20_000), isList: fc.boolean() })
  .map(({ levels, isList }) =>
    JSON.parse(
      isList
        ? `${'['.repeat(levels)}${']'.repeat(levels)}`
        : `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`,
    ),
  );

/** What would be right in another place. */
export const plausible: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  1,
  50,
  443,
  true,
  'tcp',
  'udp',
  'upsert-only',
  'x-1',
  '10.0.0.1',
  'none',
  'both',
  'us-east-1',
  { mode: 'upsert-only' },
);

const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    ' ',
    '0',
    '80x',
    'null',
    '[]',
    '*',
    '-1',
    '1e3',
    'ALL',
    '\u0000',
    '\ud800',
  ),
  plausible,
  fc.constantFrom(0, -1, 0.5, 65_536, 1e21, Number.MAX_SAFE_INTEGER, -0),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 300 }),
);

/** Any value that JSON can bring. */
export const garbage: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 10, arbitrary: scalar },
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 4, arbitrary: treacherous },
  { weight: 1, arbitrary: deep },
);
