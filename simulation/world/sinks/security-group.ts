import type { Cell } from '../../../src/emulator/core/cell.ts';
import type { SecurityGroupRule } from '../../../src/emulator/world/network/security-group.ts';
import { ownershipMark } from '../../../src/sinks/ownership-mark.ts';
import type { Held } from '../../truth/standing.ts';
import type { SimulatedSink } from '../simulated-binding.ts';

export interface SecurityGroupSinkOptions {
  id: string;
  ports: readonly number[];
  /** Addresses, each of which takes a rule for each port. */
  room?: number | undefined;
}

export function securityGroupSink(cell: Cell, { id, ports, room }: SecurityGroupSinkOptions): SimulatedSink {
  return {
    config: { type: 'security-group', id, ports },
    isSinkOf: ({ groupId }) => groupId === id,
    ports,
    families: ['ipv4', 'ipv6'],
    held: (owner) => rulesOf(cell, id, ports, owner),
    room: room === undefined ? undefined : room * ports.length,
  };
}

/** What an address goes by whose rule opens a port that the sink does not have, or no longer. */
export function onOtherPort(address: string, port: number | undefined): string {
  return `${address} on port ${port}`;
}

/** The address of a rule for just one; undefined for any other rule. */
export function addressOfRule({ peer }: SecurityGroupRule): string | undefined {
  if (peer.kind !== 'ipv4' && peer.kind !== 'ipv6') return undefined;
  const [address, length] = peer.cidr.split('/');
  return length === (peer.kind === 'ipv4' ? '32' : '128') ? address : undefined;
}

interface Opened {
  ports: Set<number>;
  own: boolean;
}

function rulesOf(cell: Cell, groupId: string, ports: readonly number[], owner: string): Map<string, Held> {
  const opened = new Map<string, Opened>();
  const held = new Map<string, Held>();
  for (const rule of cell.network.securityGroups.get(groupId)?.rules.values() ?? []) {
    const address = addressOfRule(rule);
    if (rule.isEgress || rule.protocol !== 'tcp' || rule.fromPort !== rule.toPort || !address) continue;
    const own = rule.description === ownershipMark(owner);
    if (ports.includes(rule.fromPort)) {
      const known = opened.get(address) ?? { ports: new Set(), own: false };
      opened.set(address, { ports: known.ports.add(rule.fromPort), own: own || known.own });
    } else if (own) held.set(onOtherPort(address, rule.fromPort), 'healthy');
  }
  for (const [address, { ports: open, own }] of opened) {
    held.set(address, heldAs(open.size === ports.length, own));
  }
  return held;
}

function heldAs(whole: boolean, own: boolean): Held {
  if (whole) return own ? 'healthy' : 'foreign';
  return own ? 'partial' : 'foreign-partial';
}
