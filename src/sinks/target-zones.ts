import type { TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { classify } from '../aws/errors.ts';
import type { Address } from '../engine/address.ts';
import { containedInAny, type Network } from '../engine/network.ts';
import { type KeptZones, keptZones, type ZoneSetting } from './kept-zones.ts';

/**
 * Which Availability Zone targets are registered with (FM11): AWS demands `all` for an address outside the VPC, and
 * refuses it for one inside.
 */
export interface TargetZones {
  /** The VPC's ranges as they were last read; undefined where they are not known. */
  vpcNetworks: readonly Network[] | undefined;
  /** Registers the targets, once more with the other zone where AWS says that it is wrong; and remembers that it was. */
  send(
    targets: readonly { address: Address; port: number }[],
    register: (targets: TargetDescription[]) => Promise<unknown>,
  ): Promise<void>;
}

export interface TargetZonesOptions {
  targetGroupArn: string;
  availabilityZone?: ZoneSetting | undefined;
  keptZones?: KeptZones | undefined;
}

export function targetZones(options: TargetZonesOptions): TargetZones {
  const { targetGroupArn, availabilityZone: setting, keptZones: kept = keptZones() } = options;
  const zones: TargetZones = {
    vpcNetworks: undefined,
    async send(targets, register) {
      const decided = targets.map(
        ({ address }) => setting ?? kept.get(targetGroupArn, address) ?? guess(address),
      );
      try {
        await register(describe(targets, decided));
      } catch (error) {
        if (setting !== undefined || classify(error) !== 'zone-mismatch') throw error;
        const flipped = decided.map((zone) => (zone === 'all' ? 'none' : 'all'));
        await register(describe(targets, flipped));
        targets.forEach(({ address }, index) => {
          kept.put(targetGroupArn, address, flipped[index] ?? 'none');
        });
      }
    },
  };
  return zones;

  function guess(address: Address): ZoneSetting {
    const { vpcNetworks } = zones;
    return vpcNetworks === undefined || containedInAny(vpcNetworks, address) ? 'none' : 'all';
  }
}

function describe(
  targets: readonly { address: Address; port: number }[],
  zones: readonly ZoneSetting[],
): TargetDescription[] {
  return targets.map(({ address: Id, port: Port }, index) => {
    const zone = zones[index] ?? 'none';
    return { Id, Port, ...(zone === 'none' ? {} : { AvailabilityZone: zone }) };
  });
}
