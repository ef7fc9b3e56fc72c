import type { Address } from '../../engine/address.ts';
import { isComplete } from './complete-answer.ts';
import type { Answered, DnsAnswer, Resolve } from './question.ts';
import { answersNeeded, isRepetitive } from './sampling.ts';
import { zoneServers } from './zone-servers.ts';

export interface ExhaustiveOptions {
  name: string;
  /** Every address that may be in service. */
  candidates: ReadonlySet<Address>;
  /** Name servers that hold the name. @default those of its zone */
  servers?: readonly string[] | undefined;
  resolve: Resolve;
  /** In milliseconds. */
  now: () => number;
}

/** More than the largest load balancer that AWS makes, of 100 nodes, takes. */
const mostLookups = 256;

/** So many at a time: the servers are many machines behind one address. */
const atOnce = 8;

/** In milliseconds. */
const timeBudget = 5_000;

/**
 * All addresses in service of a name that has more than an answer holds: the name's own servers are asked, which keep
 * no answers, until whatever is still absent is absent by more than chance. Undefined where that cannot be reached:
 * there are no such servers, an answer comes out of a cache or was cut, answers repeat themselves, it would take too many
 * lookups, or too long.
 */
export async function exhaustiveAnswer(
  options: ExhaustiveOptions,
): Promise<ReadonlySet<Address> | undefined> {
  const { name, candidates, resolve, now } = options;
  const deadline = now() + timeBudget;
  if (answersNeeded(candidates.size) > mostLookups) return undefined;
  let servers = options.servers ?? (await zoneServers(resolve, name)) ?? [];
  const gathered: Gathered = { seen: new Set(), different: new Set(), answers: 0 };
  for (let lookups = 0; lookups < mostLookups && servers.length > 0 && now() < deadline; lookups += atOnce) {
    const asked = await askAtOnce(resolve, name, servers);
    const answers = asked.flatMap(({ answer }) => (answer.kind === 'answered' ? [answer] : []));
    if (!answers.every(({ authoritative, truncated }) => authoritative && !truncated)) return undefined;
    if (answers.some(isComplete)) return allComplete(answers);
    for (const answer of answers) gather(gathered, answer);
    const verdict = judge(gathered, candidates);
    if (verdict !== 'unsettled') return verdict === 'proven' ? gathered.seen : undefined;
    const silent = asked.filter(({ answer }) => answer.kind === 'unanswered').map(({ server }) => server);
    servers = servers.filter((server) => !silent.includes(server));
  }
  return undefined;
}

function askAtOnce(
  resolve: Resolve,
  name: string,
  servers: readonly string[],
): Promise<{ server: string; answer: DnsAnswer }[]> {
  const turns = Array.from({ length: atOnce }, (_, turn) => servers[turn % servers.length] ?? '');
  return Promise.all(
    turns.map(async (server) => ({
      server,
      answer: await resolve({ name, type: 'A', servers: [server], authoritative: true }),
    })),
  );
}

/** The load balancer has shrunk to where one answer holds it all; where servers differ, DNS is just changing. */
function allComplete(answers: readonly Answered[]): ReadonlySet<Address> | undefined {
  return answers.every(isComplete) ? new Set(answers.flatMap(({ values }) => values)) : undefined;
}

interface Gathered {
  seen: Set<Address>;
  /** The answers, whatever their order, each once. */
  different: Set<string>;
  /** How many there were. */
  answers: number;
}

function gather(gathered: Gathered, { values }: Answered): void {
  for (const value of values) gathered.seen.add(value);
  gathered.different.add([...values].sort().join(' '));
  gathered.answers++;
}

/** `proven`: what no answer has is not in service. `repetitive`: what no answer has may well be. */
function judge(
  { seen, different, answers }: Gathered,
  candidates: ReadonlySet<Address>,
): 'proven' | 'repetitive' | 'unsettled' {
  if ([...candidates].every((candidate) => seen.has(candidate))) return 'proven';
  if (isRepetitive(seen.size, different.size, answers)) return 'repetitive';
  // Addresses that are no candidate's are in the draw as well, and make it larger.
  const pool = new Set([...candidates, ...seen]).size;
  return answers >= answersNeeded(pool) ? 'proven' : 'unsettled';
}
