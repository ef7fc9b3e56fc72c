import {
  AUTHORITATIVE_ANSWER,
  type DecodedPacket,
  decode,
  encode,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
} from 'dns-packet';
import type { NameRecords } from './name-records.ts';
import { type DnsRecord, encodeRecord } from './record.ts';

const responseCodes = {
  noError: 0,
  formatError: 1,
  SERVFAIL: 2,
  nameError: 3,
  notImplemented: 4,
  REFUSED: 5,
} as const;

/** The longest answer that goes over UDP; what is longer is cut, and asked for again over TCP. */
const datagramLimit = 512;

/** How many aliases are followed. */
const longestChain = 8;

export type Transport = 'udp' | 'tcp';

/** Looks a name up; undefined is a name nobody has. */
export type Lookup = (name: string) => NameRecords | undefined;

/** Answers one DNS message; undefined where no answer is due. */
export function reply(message: Buffer, lookup: Lookup, transport: Transport = 'udp'): Buffer | undefined {
  const query = read(message);
  if (query) return query.type === 'query' ? respond(query, lookup, transport) : undefined;
  const id = message.length < 2 ? undefined : message.readUInt16BE(0);
  return id === undefined ? undefined : encode({ type: 'response', id, flags: responseCodes.formatError });
}

function respond(query: DecodedPacket, lookup: Lookup, transport: Transport): Buffer | undefined {
  const [question] = query.questions ?? [];
  if (operationCode(query) !== 0) return response(query, responseCodes.notImplemented);
  if (!question || query.questions?.length !== 1) return response(query, responseCodes.formatError);
  const { records, last } = resolve(question.name, question.type, lookup);
  if (last?.failure === 'silence') return undefined;
  if (last?.failure) return response(query, responseCodes[last.failure]);
  const code = last ? responseCodes.noError : responseCodes.nameError;
  return response(
    query,
    code,
    records.map((record) => encodeRecord(record, question.name)),
    transport,
  );
}

/** The records of a type that a name has, after those of the aliases that lead to them. */
function resolve(
  asked: string,
  type: string,
  lookup: Lookup,
): { records: DnsRecord[]; last: NameRecords | undefined } {
  const records: DnsRecord[] = [];
  let name = asked;
  let last = lookup(name);
  while (last?.alias !== undefined && records.length < longestChain) {
    records.push({ name, type: 'CNAME', ttl: last.ttl, value: last.alias });
    name = last.alias;
    last = lookup(name);
  }
  return { records: last ? [...records, ...recordsOfType(name, type, last)] : records, last };
}

/** Names here have addresses and name servers alone: of any other type there are none, which is no error. */
function recordsOfType(
  name: string,
  type: string,
  { addresses, nameServers = [], ttl }: NameRecords,
): DnsRecord[] {
  if (type === 'NS') return nameServers.map((value) => ({ name, type, ttl, value }));
  if (type !== 'A' && type !== 'AAAA') return [];
  const ofType = addresses.filter((address) => address.includes(':') === (type === 'AAAA'));
  return ofType.map((value) => ({ name, type, ttl, value }));
}

function response(
  query: DecodedPacket,
  code: number,
  records: readonly Buffer[] = [],
  transport: Transport = 'udp',
): Buffer {
  const flags = AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & RECURSION_DESIRED) | code;
  const head = encode({ type: 'response', id: query.id ?? 0, flags, questions: query.questions ?? [] });
  const fitting = transport === 'udp' ? fit(records, datagramLimit - head.length) : records;
  if (fitting.length < records.length) head.writeUInt16BE(head.readUInt16BE(2) | TRUNCATED_RESPONSE, 2);
  head.writeUInt16BE(fitting.length, 6);
  return Buffer.concat([head, ...fitting]);
}

/** The first records that fit into so many bytes. */
function fit(records: readonly Buffer[], room: number): readonly Buffer[] {
  let taken = 0;
  const end = records.findIndex((record) => {
    taken += record.length;
    return taken > room;
  });
  return end < 0 ? records : records.slice(0, end);
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
