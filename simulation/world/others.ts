import { ownershipMark } from '../../src/sinks/ownership-mark.ts';
import { allow, createPrefixList, createSecurityGroup, registerTarget } from './infrastructure.ts';
import { formerPort, managedPort, othersPort, secondPort } from './ports.ts';
import type { Place } from './world.ts';

/** Entries of others in a prefix list: these, and one that comes and goes. */
const listed = [
  { cidr: '10.1.0.0/16', description: 'by hand' },
  { cidr: '10.0.9.14/32', description: 'by hand' },
];
/** More than any binding but that of a declared list ever has. */
export const ampleRoom = 60;

export const fleetingEntry = '10.0.9.15/32';

/** Sinks that others use as well. */
export const othersIn = {
  async followed({ cell, other }: Place, arn: string): Promise<void> {
    await registerTarget(cell, arn, '10.0.9.9', othersPort);
    await registerTarget(cell, arn, addressOf(other), othersPort);
  },

  async upserted({ cell }: Place, arn: string): Promise<void> {
    await registerTarget(cell, arn, '10.0.9.10', managedPort);
  },

  async allowed({ cell, front, vpcId }: Place): Promise<string> {
    const id = await createSecurityGroup(cell, 'allow', vpcId);
    await allow(cell, id, { port: managedPort, cidr: '10.0.9.11/32', description: 'by hand' });
    // The binding's own address, and somebody else's rule.
    const mark = ownershipMark('another');
    await allow(cell, id, { port: managedPort, cidr: `${addressOf(front)}/32`, description: mark });
    await allow(cell, id, { port: othersPort, cidr: '10.0.9.12/32', description: 'by hand' });
    return id;
  },

  /** With what the binding itself has left from when it had another port. */
  async rules({ cell, web, vpcId }: Place): Promise<string> {
    const id = await createSecurityGroup(cell, 'rules', vpcId);
    const own = ownershipMark('follow.rules');
    await allow(cell, id, { port: formerPort, cidr: `${addressOf(web)}/32`, description: own });
    await allow(cell, id, { port: formerPort, cidr: '10.0.9.16/32', description: own });
    await allow(cell, id, { port: secondPort, cidr: `${addressOf(web)}/32`, description: 'by hand' });
    await allow(cell, id, { port: formerPort, cidr: '10.0.9.17/32', description: 'by hand' });
    return id;
  },

  /** @param room for how many entries of the binding there is room */
  prefixList({ cell }: Place, room: number): Promise<string> {
    return createPrefixList(cell, listed.length + 1 + room, listed);
  },
};

function addressOf({ nodes }: Place['web']): string {
  return nodes[0]?.interface.privateIpAddresses[0] ?? '';
}
