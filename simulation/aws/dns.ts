import { recordsOf } from '../../src/emulator/data-plane/dns/answers.ts';
import type { DnsAnswer, DnsQuestion, Resolve } from '../../src/sources/dns/question.ts';
import type { Simulation } from '../simulation.ts';
import { dnsKey } from '../world/read-keys.ts';
import type { Run } from './run.ts';

interface Cached {
  at: number;
  values: readonly string[];
  ttl: number;
}

/** Resolvers that keep answers: which of them a run asks is chance. */
export type ResolverCaches = readonly Map<string, Cached>[];

export function resolverCaches(): ResolverCaches {
  return [new Map(), new Map()];
}

/** DNS as a run meets it: at most 8 addresses by chance, as old as a resolver keeps them, or no answer. */
export function resolveOf(simulation: Simulation, run: Run): Resolve {
  return async (question) => {
    await run.travel();
    const answer = answerTo(simulation, run, question);
    run.sightings.answered(dnsKey(question.name, question.type), answer);
    simulation.trace(() => `${run.id}  dns ${question.type} ${question.name} → ${told(answer)}`);
    await run.travel();
    return answer;
  };
}

function told(answer: DnsAnswer): string {
  return answer.kind === 'answered' ? answer.values.join(', ') : answer.failure;
}

function answerTo(simulation: Simulation, run: Run, question: DnsQuestion): DnsAnswer {
  const { type, servers } = question;
  const { scenario } = simulation.world;
  if (!run.calm && simulation.faultDice.chance(scenario.dnsFailures)) return failure(simulation, question);
  if (type === 'NS' && !scenario.hasZoneServers) return none(question);
  // The servers of the zone keep nothing; a resolver does.
  const isHeld = servers !== undefined;
  const { values, ttl } =
    isHeld || type === 'NS' ? held(simulation, question) : resolved(simulation, run, question);
  if (values.length === 0) return none(question);
  return { kind: 'answered', values, ttl, truncated: false, authoritative: isHeld };
}

function failure({ faultDice }: Simulation, { name, type }: DnsQuestion): DnsAnswer {
  const kind = faultDice.pick(['no-answer', 'server-failure'] as const);
  return { kind: 'unanswered', failure: kind, message: `${kind} for ${type} '${name}'` };
}

function none({ name, type }: DnsQuestion): DnsAnswer {
  return { kind: 'unanswered', failure: 'no-records', message: `'${name}' has no ${type} record` };
}

/** What is so in the world; of more than 8 addresses, some by chance. */
function held({ world, faultDice }: Simulation, { name, type }: DnsQuestion): Omit<Cached, 'at'> {
  const found = recordsOf([world.cell], name, faultDice.random);
  const { addresses = [], nameServers = [], ttl = 0 } = found ?? {};
  if (type === 'NS') return { values: nameServers, ttl };
  return { values: addresses.filter((address) => address.includes(':') === (type === 'AAAA')), ttl };
}

function resolved(simulation: Simulation, run: Run, question: DnsQuestion): Omit<Cached, 'at'> {
  const { world, faultDice, resolvers } = simulation;
  const resolver = faultDice.pick(resolvers);
  const key = dnsKey(question.name, question.type);
  const cached = resolver.get(key);
  const now = world.clock.now();
  if (cached && !run.calm && now - cached.at <= world.scenario.dnsLag) return cached;
  const answer = held(simulation, question);
  resolver.set(key, { at: now, ...answer });
  return answer;
}
