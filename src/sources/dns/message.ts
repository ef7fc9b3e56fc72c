import { type Answer, type DecodedPacket, decode, encode, RECURSION_DESIRED } from 'dns-packet';
import { parseAddress } from '../../engine/address.ts';
import type { DnsFailure, DnsQuestion } from './question.ts';
import { isWellFormed } from './well-formed.ts';

/** How many aliases an answer may lead through. */
const longestChain = 16;

/** What a message says; a failure comes without a word about who was asked. */
export type Reading =
  | { kind: 'values'; values: readonly string[]; ttl: number; truncated: boolean; authoritative: boolean }
  | { kind: 'failure'; failure: DnsFailure; told: string };

export function encodeQuestion({ name, type, authoritative = false }: DnsQuestion, id: number): Buffer {
  return encode({
    type: 'query',
    id,
    flags: authoritative ? 0 : RECURSION_DESIRED,
    questions: [{ name, type }],
  });
}

/** Whether the message is an answer to the question that was sent under this id. */
export function isAnswerTo(message: Buffer, id: number, { name, type }: DnsQuestion): boolean {
  const packet = decoded(message);
  // What cannot be read is told as such, if it carries the id.
  if (!packet) return message.length >= 2 && message.readUInt16BE(0) === id;
  const [asked] = packet.questions ?? [];
  const isSame = asked === undefined || (canonical(asked.name) === canonical(name) && asked.type === type);
  return packet.type === 'response' && packet.id === id && isSame;
}

/** What an answer says about the name, through the aliases that it leads through itself. */
export function readAnswer(message: Buffer, { name, type }: DnsQuestion): Reading {
  const packet = decoded(message);
  if (!packet) return failed('malformed', 'an answer that cannot be read');
  const failure = failureOf((packet.flags ?? 0) & 0xf);
  if (failure) return failure;
  const { records, last, ttl } = follow(packet.answers ?? [], name, type);
  const values = records.map(canonicalValue);
  // A part of an answer would pass for all of it.
  if (values.includes(undefined)) return failed('malformed', `an answer with a broken ${type} record`);
  const { flag_tc: truncated, flag_aa: authoritative } = packet;
  const found = [...new Set(values.filter((value) => value !== undefined))];
  if (found.length > 0) return { kind: 'values', values: found, ttl, truncated, authoritative };
  if (truncated) return failed('malformed', 'an answer cut so short that nothing is left');
  const alias = canonical(last) === canonical(name) ? '' : ` for '${last}', which it stands for`;
  return failed('no-records', `no ${type} record${alias}`);
}

function failureOf(code: number): Reading | undefined {
  if (code === 0) return undefined;
  if (code === 2) return failed('server-failure', 'SERVFAIL');
  if (code === 3) return failed('no-such-name', 'NXDOMAIN, there is no such name');
  return failed('refused', code === 5 ? 'REFUSED' : `response code ${code}`);
}

function failed(failure: DnsFailure, told: string): Reading {
  return { kind: 'failure', failure, told };
}

interface TextRecord {
  type: DnsQuestion['type'] | 'CNAME';
  ttl?: number;
  data: string;
}

/** The records at the end of the chain of aliases, and the shortest time that any part of it may be kept. */
function follow(
  answers: readonly Answer[],
  asked: string,
  type: DnsQuestion['type'],
): { records: TextRecord[]; last: string; ttl: number } {
  let last = asked;
  let ttl = Number.POSITIVE_INFINITY;
  for (let step = 0; step < longestChain; step++) {
    const own = answers.filter((record) => canonical(record.name) === canonical(last)) as TextRecord[];
    const records = own.filter((record) => record.type === type);
    if (records.length > 0) return { records, last, ttl: Math.min(ttl, ...records.map(ttlOf)) };
    const alias = own.find((record) => record.type === 'CNAME');
    if (!alias) break;
    last = alias.data;
    ttl = Math.min(ttl, ttlOf(alias));
  }
  return { records: [], last, ttl: 0 };
}

function canonicalValue({ type, data }: TextRecord): string | undefined {
  return type === 'NS' ? canonical(data) : parseAddress(data);
}

function ttlOf({ ttl = 0 }: TextRecord): number {
  return ttl;
}

function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function decoded(message: Buffer): DecodedPacket | undefined {
  try {
    return isWellFormed(message) ? decode(message) : undefined;
  } catch {
    return undefined;
  }
}
