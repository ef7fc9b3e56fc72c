import { recordsOf } from '../../src/emulator/data-plane/dns/answers.ts';
import type { DnsAnswer, DnsQuestion, Resolve } from '../../src/sources/dns/question.ts';
import type { Simulation } from '../simulation.ts';
import type { Run } from './run.ts';

interface Cached {
  at: number;
  addresses: readonly string[];
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
    simulation.trace(() => `${run.id}  dns ${question.type} ${question.name} → ${told(answer)}`);
    await run.travel();
    return answer;
  };
}

function told(answer: DnsAnswer): string {
  return answer.kind === 'answered' ? answer.values.join(', ') : answer.failure;
}

/** Nobody serves the zone itself here: who asks for its name servers is told that there are none. */
function answerTo(simulation: Simulation, run: Run, { name, type }: DnsQuestion): DnsAnswer {
  const addresses = type === 'A' ? resolved(simulation, run, name) : [];
  if (!addresses)
    return { kind: 'unanswered', failure: 'no-answer', message: `no answer for '${name}' in time` };
  if (addresses.length === 0) {
    return { kind: 'unanswered', failure: 'no-records', message: `'${name}' has no ${type} record` };
  }
  return { kind: 'answered', values: addresses, ttl: 60, truncated: false, authoritative: false };
}

function resolved(
  { world, faultDice, resolvers }: Simulation,
  run: Run,
  name: string,
): readonly string[] | undefined {
  const { scenario, clock, cell } = world;
  if (!run.calm && faultDice.chance(scenario.dnsFailures)) return undefined;
  const resolver = faultDice.pick(resolvers);
  const cached = resolver.get(name);
  if (cached && !run.calm && clock.now() - cached.at <= scenario.dnsLag) return cached.addresses;
  const addresses = recordsOf([cell], name, faultDice.random)?.addresses ?? [];
  resolver.set(name, { at: clock.now(), addresses });
  return addresses;
}
