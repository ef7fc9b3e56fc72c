import { AUTHORITATIVE_ANSWER, encode } from 'dns-packet';
import fc from 'fast-check';

/** What the fuzzed resolver asks under. */
export const questionId = 0x1234;

type Data = { name: string; type: 'A' | 'AAAA' | 'CNAME'; ttl: number; data: string };

const address = fc.tuple(fc.nat(255), fc.nat(255)).map(([third, fourth]) => `10.0.${third}.${fourth}`);

/** A right answer, through up to two aliases. */
function answer(name: string, aliases: number, addresses: readonly string[]): Buffer {
  const names = [name, ...Array.from({ length: aliases }, (_, index) => `alias-${index}.example`)];
  const chain = names
    .slice(1)
    .map((data, index): Data => ({ name: names[index] ?? name, type: 'CNAME', ttl: 5, data }));
  const records = addresses.map((data): Data => ({ name: names.at(-1) ?? name, type: 'A', ttl: 5, data }));
  return encode({
    type: 'response',
    id: questionId,
    flags: AUTHORITATIVE_ANSWER,
    questions: [{ name, type: 'A' }],
    answers: [...chain, ...records],
  });
}

const edit = fc.record({
  place: fc.nat(),
  how: fc.constantFrom('set', 'set', 'flip', 'delete', 'insert', 'cut', 'point'),
  by: fc.nat(255),
});

/** An answer with one to three bytes changed, put in, left out, or turned into a pointer, or with its end missing. */
function corrupted(message: Buffer, edits: readonly { place: number; how: string; by: number }[]): Buffer {
  return edits.reduce((bytes, { place, how, by }) => {
    const at = bytes.length === 0 ? 0 : place % bytes.length;
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + 1)];
    if (how === 'cut') return before;
    if (how === 'delete') return Buffer.concat([before, after]);
    if (how === 'insert') return Buffer.concat([before, Buffer.from([by]), bytes.subarray(at)]);
    if (how === 'point') return Buffer.concat([before, Buffer.from([0xc0, by]), bytes.subarray(at + 2)]);
    const value = how === 'flip' ? (bytes[at] ?? 0) ^ (1 << (by % 8)) : by;
    return Buffer.concat([before, Buffer.from([value]), after]);
  }, message);
}

/** Names that point at themselves, at each other, and on to the end. */
function loop(name: string, first: number, second: number): Buffer {
  const header = answer(name, 0, []).subarray();
  header.writeUInt16BE(2, 6);
  const record = (pointer: number): Buffer =>
    Buffer.from([0xc0 | (pointer >> 8), pointer & 0xff, 0, 5, 0, 1, 0, 0, 0, 5, 0, 2, 0xc0, header.length]);
  return Buffer.concat([header, record(first), record(second)]);
}

/** What a server, or somebody in its place, may reply; undefined: nothing. */
export function replies(name: string, held: readonly string[]): fc.Arbitrary<Buffer | undefined> {
  const right = fc
    .record({
      aliases: fc.nat(2),
      addresses: fc.oneof(fc.subarray([...held], { minLength: 1 }), fc.array(address, { maxLength: 10 })),
    })
    .map(({ aliases, addresses }) => answer(name, aliases, addresses));
  const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
  const random = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes));
  return fc.oneof(
    { weight: 12, arbitrary: fc.tuple(right, edits).map(([message, list]) => corrupted(message, list)) },
    { weight: 2, arbitrary: random },
    // Random, but under the right id and flags: it gets past the first look.
    { weight: 2, arbitrary: random.map((bytes) => Buffer.concat([right12, bytes])) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.nat(80), fc.nat(80)).map(([first, second]) => loop(name, first, second)),
    },
    { weight: 1, arbitrary: fc.constant(answer('other.example', 0, ['10.0.0.1'])) },
    { weight: 1, arbitrary: right },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const right12 = Buffer.from([questionId >> 8, questionId & 0xff, 0x84, 0, 0, 1, 0, 3, 0, 0, 0, 0]);
