import { type Address, sortAddresses } from '../../engine/address.ts';
import { AlbridgeError } from '../../engine/errors.ts';
import { isComplete } from './complete-answer.ts';
import type { Answered, Resolve, Unanswered } from './question.ts';

/** Which addresses of which name are wanted, and whom to ask. */
export interface NameQuery {
  name: string;
  type: 'A' | 'AAAA';
  servers?: readonly string[] | undefined;
}

/** The addresses of a name, all of them or those that were seen. */
export interface NameAddresses {
  addresses: readonly Address[];
  extent: 'complete' | 'sample';
  /** How long it may be kept, in seconds. */
  ttl: number;
}

/** So many answers in a row that tell nothing new end the search: a cache repeats itself until its time is up. */
const quietAnswers = 3;

const mostLookups = 24;

/**
 * Asks for a name's addresses, again and again where an answer may be a sample (FM3), until one is complete or
 * nothing new appears. Throws where DNS does not answer, or with nothing: that is not "none" (FM1).
 */
export async function lookUpName(resolve: Resolve, query: NameQuery): Promise<NameAddresses> {
  const first = await resolve(query);
  if (first.kind === 'unanswered') throw unknownName(first);
  if (isComplete(first)) return completeFrom(first);
  const seen = new Set(first.values);
  let ttl = first.ttl;
  for (let lookups = 1, quiet = 0; lookups < mostLookups && quiet < quietAnswers; lookups++) {
    const answer = await resolve(query);
    if (answer.kind === 'unanswered') break;
    if (isComplete(answer)) return completeFrom(answer);
    quiet = answer.values.every((value) => seen.has(value)) ? quiet + 1 : 0;
    for (const value of answer.values) seen.add(value);
    ttl = Math.min(ttl, answer.ttl);
  }
  return { addresses: sortAddresses(seen), extent: 'sample', ttl };
}

/** What a complete answer says counts alone: samples from before it are out of date. */
function completeFrom({ values, ttl }: Answered): NameAddresses {
  return { addresses: sortAddresses(values), extent: 'complete', ttl };
}

const advice: Partial<Record<Unanswered['failure'], string>> = {
  'no-such-name':
    'check the name, and that this network resolves it (a private hosted zone answers in its own VPCs alone)',
  'no-records': 'check the name, and the source’s family',
  'no-answer': 'check that this network has a way to the name server, over UDP and TCP',
  unreachable: 'check the name servers',
};

function unknownName({ failure, message }: Unanswered): AlbridgeError {
  const help = advice[failure];
  return new AlbridgeError('source-unknown', help === undefined ? message : `${message}; ${help}`);
}
