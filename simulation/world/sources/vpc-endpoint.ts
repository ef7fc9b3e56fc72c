import type { Cell } from '../../../src/emulator/core/cell.ts';
import { execute } from '../../../src/emulator/core/execute.ts';
import { ec2 } from '../../../src/emulator/services/ec2/index.ts';
import type { Dice } from '../../dice.ts';
import type { Standing } from '../../truth/standing.ts';
import { callOf } from '../infrastructure.ts';
import type { SimulatedSource } from '../simulated-binding.ts';

/** A VPC endpoint, which is put into other subnets now and then. */
export async function vpcEndpointSource(
  cell: Cell,
  { vpcId, subnetIds }: { vpcId: string; subnetIds: readonly string[] },
): Promise<SimulatedSource> {
  const input = {
    VpcId: vpcId,
    ServiceName: 'com.amazonaws.us-east-1.execute-api',
    VpcEndpointType: 'Interface' as const,
    SubnetIds: subnetIds.slice(0, 2),
  };
  const { VpcEndpoint } = await execute(ec2, 'CreateVpcEndpoint', input, callOf(cell));
  const id = VpcEndpoint?.VpcEndpointId ?? '';
  return {
    config: () => ({ type: 'vpc-endpoint', id }),
    reads: ['network-interface-id'],
    standings: () => standingsOf(cell, id),
    tellsWhatIsGone: true,
    change(dice: Dice): string {
      const chosen = dice.pick([
        subnetIds.slice(0, 2),
        subnetIds.slice(1),
        subnetIds.slice(0, 1),
        [...subnetIds],
      ]);
      const others = subnetIds.filter((subnetId) => !chosen.includes(subnetId));
      const change = { VpcEndpointId: id, AddSubnetIds: [...chosen], RemoveSubnetIds: others };
      void execute(ec2, 'ModifyVpcEndpoint', change, callOf(cell));
      // The interfaces are the endpoint's a moment after they are made.
      cell.network.changes.announce();
      return `the endpoint is put into ${chosen.length} subnets`;
    },
  };
}

function standingsOf({ network }: Cell, id: string): Map<string, Standing> {
  const own = new Set(network.vpcEndpoints.get(id)?.interfaceIds);
  const standings = new Map<string, Standing>();
  for (const held of network.interfaces.values()) {
    const standing = own.has(held.id) ? 'serving' : 'stranger';
    for (const address of held.privateIpAddresses) standings.set(address, standing);
    for (const address of held.ipv6Addresses) standings.set(address, standing);
  }
  return standings;
}
