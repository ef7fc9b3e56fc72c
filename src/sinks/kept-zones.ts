import type { Address } from '../engine/address.ts';

/** `all`, the name of a zone, or `none`: no zone is sent, and AWS finds it by the address. */
export type ZoneSetting = string;

/**
 * The zones that AWS took where it had refused what the VPC's ranges say, by target group and address (FM11). They
 * only save calls: one that is no longer right is corrected again.
 */
export interface KeptZones {
  get(targetGroupArn: string, address: Address): ZoneSetting | undefined;
  put(targetGroupArn: string, address: Address, zone: ZoneSetting): void;
}

/** More than a region's target groups can hold of a moving source's addresses in a day; then it begins anew. */
const most = 10_000;

/** Keeps the zones that AWS corrected, from pass to pass. */
export function keptZones(): KeptZones {
  const kept = new Map<string, ZoneSetting>();
  return {
    get: (targetGroupArn, address) => kept.get(`${targetGroupArn} ${address}`),
    put(targetGroupArn, address, zone) {
      if (kept.size >= most) kept.clear();
      kept.set(`${targetGroupArn} ${address}`, zone);
    },
  };
}
