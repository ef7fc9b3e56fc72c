import { type Address, addressFamily } from '../engine/address.ts';
import { isComplete } from './dns/complete-answer.ts';
import { exhaustiveAnswer } from './dns/exhaustive-answer.ts';
import type { Resolve } from './dns/question.ts';
import type { NodeInterface } from './load-balancer-interfaces.ts';

export interface EarlyDrainOptions {
  /** The load balancer's own. */
  dnsName: string;
  /** Its interfaces that are in use. */
  interfaces: readonly NodeInterface[];
  /** Name servers that hold the name, for when there are more addresses than an answer holds. @default its zone's */
  servers?: readonly string[] | undefined;
  resolve: Resolve;
  /** In milliseconds. */
  now: () => number;
}

/** What DNS says is in service; undefined where it does not answer, or tells no more than a sample (FM3). */
export async function answerInFull(options: EarlyDrainOptions): Promise<ReadonlySet<Address> | undefined> {
  const { dnsName: name, interfaces, servers, resolve, now } = options;
  try {
    const answer = await resolve({ name, type: 'A' });
    if (answer.kind === 'unanswered') return undefined;
    if (isComplete(answer)) return new Set(answer.values);
    const candidates = new Set(interfaces.flatMap(answerable));
    if (answer.values.length >= candidates.size) return undefined;
    return await exhaustiveAnswer({ name, candidates, servers, resolve, now });
  } catch {
    // No answer is no knowledge: the interfaces decide alone.
    return undefined;
  }
}

/** What DNS has for an interface in service: its public addresses, where the load balancer faces the internet. */
function answerable({ addresses, publicAddresses }: NodeInterface): readonly Address[] {
  if (publicAddresses.length > 0) return publicAddresses;
  return addresses.filter((address) => addressFamily(address) === 'ipv4');
}

/**
 * Early drain (FM33): which interfaces are in service, going by an answer in full. A node that scales in leaves DNS
 * first and serves on for a while; one that starts is not in DNS yet. An answer that has none of the interfaces is not
 * about them, and says nothing.
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
