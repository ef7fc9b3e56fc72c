import { includes, overlaps } from './cidr.ts';
import type { Network } from './network.ts';
import { blocksOf, cidrsOf, type Vpc } from './vpc.ts';

/** Who has an address in a VPC; outside of all, on premises say, where it is undefined. */
export interface Holder {
  vpcId: string | undefined;
}

/**
 * Which holder of an address a connection comes to that starts in a VPC. Addresses mean something only together with
 * their network: those of a VPC's own range are its own, whoever else has them. All other networks count as routed, as
 * by peering or a transit gateway, unless their ranges overlap, which is where AWS refuses to connect them. Of several
 * that are left, those of the same account and region come first, then the one that listened first.
 *
 * @param from the VPC; undefined for who is in none, and comes to the first holder
 */
export function heldFor<Held extends Holder>(
  networks: Iterable<Network>,
  from: string | undefined,
  address: string,
  holders: readonly Held[],
): Held | undefined {
  if (from === undefined) return holders[0];
  const own = holders.find(({ vpcId }) => vpcId === from);
  if (own) return own;
  const all = [...networks];
  const home = all.find(({ vpcs }) => vpcs.has(from));
  const vpc = home?.vpcs.get(from);
  if (vpc && cidrsOf(vpc).some((cidr) => includes(cidr, address))) return undefined;
  const routed = holders.filter(({ vpcId }) => !vpc || !isOverlapping(all, vpc, vpcId));
  return routed.find(({ vpcId }) => home?.vpcs.has(vpcId ?? '')) ?? routed[0];
}

function isOverlapping(networks: readonly Network[], vpc: Vpc, otherId: string | undefined): boolean {
  const other = networks.find(({ vpcs }) => vpcs.has(otherId ?? ''))?.vpcs.get(otherId ?? '');
  return (
    other !== undefined && blocksOf(vpc).some((one) => blocksOf(other).some((block) => overlaps(one, block)))
  );
}
