import { type Address, sortAddresses } from '../engine/address.ts';
import type { Fates } from '../engine/fate.ts';
import { complete, type Observation } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';

/** Addresses given once and for all. */
export function staticSource(addresses: readonly Address[]): Source {
  const observation = complete(sortAddresses(addresses));
  return {
    read: async (): Promise<Observation> => observation,
    confirm: async (absent): Promise<Fates> => new Map(absent.map((address) => [address, 'untold'])),
  };
}
