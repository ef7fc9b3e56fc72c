import { addressesOf } from '../../src/emulator/data-plane/dns/answers.ts';
import type { ResolveAddresses } from '../../src/sources/resolve-addresses.ts';
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
export function resolveOf(simulation: Simulation, run: Run): ResolveAddresses {
  return async (name) => {
    await run.travel();
    const addresses = answer(simulation, run, name);
    simulation.trace(() => `${run.id}  dns ${name} → ${addresses?.join(', ') ?? 'no answer'}`);
    await run.travel();
    if (!addresses) throw Object.assign(new Error(`queryA ETIMEOUT ${name}`), { code: 'ETIMEOUT' });
    return addresses;
  };
}

function answer(
  { world, faultDice, resolvers }: Simulation,
  run: Run,
  name: string,
): readonly string[] | undefined {
  const { scenario, clock, cell } = world;
  if (!run.calm && faultDice.chance(scenario.dnsFailures)) return undefined;
  const resolver = faultDice.pick(resolvers);
  const cached = resolver.get(name);
  if (cached && !run.calm && clock.now() - cached.at <= scenario.dnsLag) return cached.addresses;
  const addresses = addressesOf([cell], name, faultDice.random) ?? [];
  resolver.set(name, { at: clock.now(), addresses });
  return addresses.length > 0 ? addresses : undefined;
}
