import { encode, type Packet, type Answer as Record } from 'dns-packet';
import type { Answered, DnsFailure, Unanswered } from '../question.ts';

export function answered(values: readonly string[], other: Partial<Answered> = {}): Answered {
  return { kind: 'answered', values, ttl: 60, truncated: false, authoritative: true, ...other };
}

export function unanswered(failure: DnsFailure, message: string = failure): Unanswered {
  return { kind: 'unanswered', failure, message };
}

/** `count` addresses from `10.0.<block>.0` on. */
export function addresses(count: number, block = 0): string[] {
  return Array.from(
    { length: count },
    (_, index) => `10.0.${block + Math.floor(index / 250)}.${index % 250}`,
  );
}

/** The answer that a server gives to a query on the wire. */
export function answerTo(query: Packet, answers: Record[], flags = 0): Buffer {
  const { id = 0, questions = [] } = query;
  return encode({ type: 'response', id, flags, questions, answers });
}
