import { randomInt } from 'node:crypto';
import dns from 'node:dns';
import { addressFamily } from '../../engine/address.ts';
import { messageOf } from '../../engine/errors.ts';
import { parseSocketAddress } from '../../engine/socket-address.ts';
import { type Exchange, exchangeOverNetwork, type Server, type Transport } from './exchange.ts';
import { encodeQuestion, isAnswerTo, type Reading, readAnswer } from './message.ts';
import type { DnsAnswer, DnsFailure, DnsQuestion, Resolve, Unanswered } from './question.ts';

/** What a resolver works with; what is left out is that of this machine. */
export interface ResolverOptions {
  /** The system's name servers, as `dns.getServers` tells them; asked for anew with each question. */
  systemServers: () => readonly string[];
  exchange: Exchange;
  /** A number from 0 to 65,535 that nobody can guess: whoever does could answer in the server's place. */
  newId: () => number;
  /** How long a server may take, in milliseconds. */
  timeLimit: number;
}

const dnsPort = 53;

/** As many servers as a resolver asks, and as often, before it gives up: as resolv.conf has it. */
const mostServers = 3;
const rounds = 2;

const networkDefaults: ResolverOptions = {
  // Through the module: a function imported by its name would not follow `dns.setServers`.
  systemServers: () => dns.getServers(),
  exchange: exchangeOverNetwork,
  newId: () => randomInt(0x10000),
  timeLimit: 1_000,
};

/**
 * Asks DNS over the network. Unlike `node:dns` it tells how long an answer may be kept, whether it was cut, and what
 * exactly went wrong, and takes one server's failure for no more than that.
 */
export function dnsResolver(options: Partial<ResolverOptions> = {}): Resolve {
  const settled = { ...networkDefaults, ...options };
  return async (question) => {
    const servers = serversOf(question, settled.systemServers()).slice(0, mostServers);
    let last = unanswered(question, 'unreachable', 'there is no name server to ask');
    for (let attempt = 0; attempt < rounds * servers.length; attempt++) {
      const server = servers[attempt % servers.length] as Server;
      const answer = await ask(question, server, settled);
      if (answer.kind === 'answered' || isFinal(answer.failure)) return answer;
      last = answer;
    }
    return last;
  };
}

/** A name server's word about the name itself; of anything else another server may know better. */
function isFinal(failure: DnsFailure): boolean {
  return failure === 'no-such-name' || failure === 'no-records';
}

/** A server without a port is on the one that the system has for it, else on DNS's own. */
function serversOf({ servers }: DnsQuestion, systemServers: readonly string[]): Server[] {
  const known = systemServers.flatMap((text) => parseSocketAddress(text) ?? []);
  const asked = servers?.flatMap((text) => parseSocketAddress(text) ?? []) ?? known;
  return asked.map(({ address, port }) => ({
    address,
    port: port ?? known.find((other) => other.address === address)?.port ?? dnsPort,
  }));
}

/** Over UDP, and over TCP where the answer was cut; a cut answer is better than none. */
async function ask(question: DnsQuestion, server: Server, options: ResolverOptions): Promise<DnsAnswer> {
  const reading = await exchangeOnce(question, server, 'udp', options);
  const isCut = reading.kind === 'values' ? reading.truncated : reading.failure === 'malformed';
  if (!isCut) return answerOf(question, server, reading);
  const whole = await exchangeOnce(question, server, 'tcp', options);
  return answerOf(question, server, whole.kind === 'values' || reading.kind === 'failure' ? whole : reading);
}

async function exchangeOnce(
  question: DnsQuestion,
  server: Server,
  transport: Transport,
  { exchange, newId, timeLimit }: ResolverOptions,
): Promise<Reading> {
  try {
    const id = newId();
    const message = encodeQuestion(question, id);
    const answers = (reply: Buffer): boolean => isAnswerTo(reply, id, question);
    return readAnswer(await exchange({ message, server, transport, timeLimit, answers }), question);
  } catch (error) {
    const isLate = (error as { code?: unknown } | undefined)?.code === 'ETIMEOUT';
    return { kind: 'failure', failure: isLate ? 'no-answer' : 'unreachable', told: messageOf(error) };
  }
}

function answerOf(question: DnsQuestion, server: Server, reading: Reading): DnsAnswer {
  if (reading.kind === 'values') return { ...reading, kind: 'answered' };
  const { address, port } = server;
  const place = addressFamily(address) === 'ipv6' ? `[${address}]:${port}` : `${address}:${port}`;
  return unanswered(question, reading.failure, `${place}: ${reading.told}`);
}

function unanswered({ name, type }: DnsQuestion, failure: DnsFailure, told: string): Unanswered {
  return { kind: 'unanswered', failure, message: `dns did not answer for ${type} of '${name}': ${told}` };
}
