import { AUTHORITATIVE_ANSWER, type DecodedPacket, decode, encode, RECURSION_DESIRED } from 'dns-packet';

/** Seconds that Elastic Load Balancing lets its answers be kept. */
const TTL = 60;

const RESPONSE_CODES = { noError: 0, formatError: 1, nameError: 3, notImplemented: 4 } as const;

/** Where the name of the question stands in every message, as a compression pointer (RFC 1035 section 4.1.4). */
const QUESTION_NAME = [0xc0, 0x0c];

/** Looks a name up; undefined is a name nobody has. */
export type Lookup = (name: string) => readonly string[] | undefined;

/** Answers one DNS message; undefined where no answer is due. */
export function reply(message: Buffer, lookup: Lookup): Buffer | undefined {
  const query = read(message);
  if (query) return query.type === 'query' ? respond(query, lookup) : undefined;
  const id = message.length < 2 ? undefined : message.readUInt16BE(0);
  return id === undefined ? undefined : encode({ type: 'response', id, flags: RESPONSE_CODES.formatError });
}

function respond(query: DecodedPacket, lookup: Lookup): Buffer {
  const [question] = query.questions ?? [];
  if (operationCode(query) !== 0) return response(query, RESPONSE_CODES.notImplemented);
  if (!question || query.questions?.length !== 1) return response(query, RESPONSE_CODES.formatError);
  const addresses = lookup(question.name);
  if (!addresses) return response(query, RESPONSE_CODES.nameError);
  // Names here have A records alone: of any other type there are none, which is no error.
  return response(query, RESPONSE_CODES.noError, question.type === 'A' ? addresses : []);
}

function response(query: DecodedPacket, code: number, addresses: readonly string[] = []): Buffer {
  const flags = AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & RECURSION_DESIRED) | code;
  const head = encode({ type: 'response', id: query.id ?? 0, flags, questions: query.questions ?? [] });
  head.writeUInt16BE(addresses.length, 6);
  return Buffer.concat([head, ...addresses.map(record)]);
}

/** An A record; dns-packet would repeat the name in each, and eight of them would not fit into 512 bytes. */
function record(address: string): Buffer {
  const typeAndClass = [0, 1, 0, 1];
  return Buffer.from([
    ...QUESTION_NAME,
    ...typeAndClass,
    0,
    0,
    0,
    TTL,
    0,
    4,
    ...address.split('.').map(Number),
  ]);
}

function operationCode({ flags = 0 }: DecodedPacket): number {
  return (flags >> 11) & 0xf;
}

function read(message: Buffer): DecodedPacket | undefined {
  try {
    return decode(message);
  } catch {
    return undefined;
  }
}
