import type { NetworkInterfacesSourceConfig } from '../../../src/config/config.ts';
import type { Cell } from '../../../src/emulator/core/cell.ts';
import type { Host } from '../../../src/emulator/world/network/hosts.ts';
import {
  createInterface,
  deleteInterface,
  type NetworkInterface,
} from '../../../src/emulator/world/network/network-interface.ts';
import type { Dice } from '../../dice.ts';
import type { Standing } from '../../truth/standing.ts';
import type { SimulatedSource } from '../simulated-binding.ts';

/** What interfaces are selected by. */
export type Selector = 'tag' | 'group' | 'subnet';

export interface SelectedInterfacesOptions {
  selector: Selector;
  vpcId: string;
  /** Where they are, alone but for strangers that get their addresses. */
  subnetId: string;
  /** A security group that they alone are in. */
  groupId: string;
  /** On which they answer. */
  port: number;
}

const mostMembers = 6;

/** The nodes of a cache, which come and go. */
export function selectedInterfacesSource(cell: Cell, options: SelectedInterfacesOptions): SimulatedSource {
  const { selector, vpcId, subnetId, groupId, port } = options;
  const members: { held: NetworkInterface; host: Host }[] = [];
  const { network, hosts } = cell;

  function come(): string {
    const subnet = network.subnets.get(subnetId);
    if (!subnet) throw new Error(`no subnet ${subnetId}`);
    const requester = { id: 'amazon-elasticache', interfaceType: 'interface' };
    const held = createInterface(network, {
      account: cell.account,
      subnet,
      description: 'of a cache',
      securityGroupIds: [groupId],
      tags: new Map([['role', 'cache']]),
      requester,
    });
    const address = held.privateIpAddresses[0] ?? '';
    const host: Host = { address, port, forwardTo: { host: '127.0.0.1', port: 0 } };
    hosts.add(host);
    members.push({ held, host });
    return address;
  }

  function go(dice: Dice): string {
    const member = dice.pick(members);
    members.splice(members.indexOf(member), 1);
    hosts.remove(member.host);
    deleteInterface(network, member.held.id);
    return member.host.address;
  }

  for (let count = 0; count < 3; count++) come();
  return {
    config: () => ({ type: 'network-interfaces', vpcId, ...selectionOf(options) }),
    reads: [{ tag: 'tag:role', group: 'group-id', subnet: 'subnet-id' }[selector]],
    standings: () => standingsOf(cell, options),
    tellsWhatIsGone: true,
    change(dice: Dice): string {
      const comes = members.length < 2 || (members.length < mostMembers && dice.chance(0.5));
      return comes ? `cache node ${come()} comes` : `cache node ${go(dice)} goes`;
    },
  };
}

function selectionOf({
  selector,
  subnetId,
  groupId,
}: SelectedInterfacesOptions): Omit<NetworkInterfacesSourceConfig, 'type'> {
  if (selector === 'tag') return { tags: { role: 'cache' } };
  return selector === 'group' ? { securityGroupIds: [groupId] } : { subnetIds: [subnetId] };
}

/** Who selects by subnet takes whoever is in it. */
function standingsOf(
  { network }: Cell,
  { selector, subnetId }: SelectedInterfacesOptions,
): Map<string, Standing> {
  const standings = new Map<string, Standing>();
  for (const held of network.interfaces.values()) {
    const own = selector === 'subnet' ? held.subnetId === subnetId : held.tags.get('role') === 'cache';
    for (const address of held.privateIpAddresses) standings.set(address, own ? 'serving' : 'stranger');
    for (const address of held.ipv6Addresses) standings.set(address, own ? 'serving' : 'stranger');
  }
  return standings;
}
