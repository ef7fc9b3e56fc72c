import { type Address, addressFamily, sortAddresses } from './address.ts';
import { containedInAny, type Network } from './network.ts';

/** Why a sink cannot hold an address. */
export type Refusal = 'wrong-family' | 'outside-networks';

export interface Admission {
  admitted: readonly Address[];
  refused: readonly { address: Address; reason: Refusal }[];
}

/**
 * The addresses that a sink of these networks can hold (FM27). Where some are of the sink's family, those of the
 * other are not meant for it (a dual-stack load balancer has both) and are passed over without a word.
 */
export function admit(addresses: readonly Address[], networks: readonly Network[]): Admission {
  const families = new Set(networks.map(addressFamily));
  const sorted = sortAddresses(addresses);
  const ofFamily = sorted.filter((address) => families.has(addressFamily(address)));
  if (ofFamily.length === 0) {
    return { admitted: [], refused: sorted.map((address) => ({ address, reason: 'wrong-family' })) };
  }
  return {
    admitted: ofFamily.filter((address) => containedInAny(networks, address)),
    refused: ofFamily
      .filter((address) => !containedInAny(networks, address))
      .map((address) => ({ address, reason: 'outside-networks' })),
  };
}
