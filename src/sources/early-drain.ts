import { type Address, parseAddress } from '../engine/address.ts';
import type { NodeInterface } from './load-balancer-interfaces.ts';
import type { ResolveAddresses } from './resolve-addresses.ts';

/** Route 53 answers at most so many of a load balancer's addresses, chosen at random: fewer are all there are. */
const answerLimit = 8;

/** All addresses that DNS gives for the name; undefined where it gives none, only a sample, or does not answer (FM3). */
export async function completeAnswer(
  resolve: ResolveAddresses,
  name: string,
): Promise<ReadonlySet<Address> | undefined> {
  try {
    const addresses = (await resolve(name)).flatMap((text) => parseAddress(text) ?? []);
    return addresses.length > 0 && addresses.length < answerLimit ? new Set(addresses) : undefined;
  } catch {
    // No answer is no knowledge: the interfaces decide alone.
    return undefined;
  }
}

/**
 * Early drain (FM33): which interfaces are in service, going by the complete DNS answer. A node that scales in leaves
 * DNS first and serves on for a while; one that starts is not in DNS yet. An answer that has none of the interfaces
 * is not about them, and says nothing.
 */
export function divideByService(
  interfaces: readonly NodeInterface[],
  answer: ReadonlySet<Address> | undefined,
): { inService: readonly NodeInterface[]; outOfService: readonly NodeInterface[] } {
  const isAnswered = ({ addresses, publicAddresses }: NodeInterface): boolean =>
    [...addresses, ...publicAddresses].some((address) => answer?.has(address));
  if (!interfaces.some(isAnswered)) return { inService: interfaces, outOfService: [] };
  return {
    inService: interfaces.filter(isAnswered),
    outOfService: interfaces.filter((networkInterface) => !isAnswered(networkInterface)),
  };
}
