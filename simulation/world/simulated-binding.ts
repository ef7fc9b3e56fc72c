import type { BindingConfig } from '../../src/config/config.ts';
import type { Cell } from '../../src/emulator/core/cell.ts';
import {
  interfaceDescription,
  type LoadBalancer,
} from '../../src/emulator/world/load-balancing/load-balancer.ts';
import { ownershipMark } from '../../src/sinks/ownership-mark.ts';
import type { Held, Standing } from '../truth/standing.ts';

/** Each of the simulated bindings has one sink, with one port. */
export type SimulatedConfig = BindingConfig & {
  sink: { type: 'target-group' | 'security-group'; port: number };
};

/** A binding of the simulated configuration, and how things stand with it in truth. */
export interface SimulatedBinding {
  /** What a run that starts now is told. */
  config(): SimulatedConfig;
  name: string;
  /** Of the interfaces that its source reads; undefined where it reads none. */
  description: string | undefined;
  /** Whether a call writes to this binding's sink. */
  isSinkOf(target: { targetGroupArn?: string | undefined; groupId?: string | undefined }): boolean;
  standings(): ReadonlyMap<string, Standing>;
  held(): ReadonlyMap<string, Held>;
}

/** Everything that happens to a load balancer's addresses; strangers' are everybody else's. */
export function standingsOf(cell: Cell, loadBalancer: LoadBalancer): Map<string, Standing> {
  const description = interfaceDescription(loadBalancer.arn);
  const phases = new Map(loadBalancer.nodes.map((node) => [node.interface, node.phase]));
  const standings = new Map<string, Standing>();
  for (const held of cell.network.interfaces.values()) {
    const own = held.description === description;
    // An interface is made a moment before its node.
    const standing = own ? (phases.get(held) ?? 'starting') : 'stranger';
    for (const address of held.privateIpAddresses) standings.set(address, standing);
  }
  return standings;
}

export function targetsOf(cell: Cell, targetGroupArn: string, port: number): Map<string, Held> {
  const registrations = cell.loadBalancing.targetGroups.get(targetGroupArn)?.registrations.values() ?? [];
  const held = new Map<string, Held>();
  for (const target of registrations) if (target.port === port) held.set(target.id, heldAs(target.state));
  return held;
}

function heldAs(state: string): Held {
  switch (state) {
    case 'healthy':
    case 'unhealthy':
    case 'unused':
    case 'draining':
      return state;
    default:
      return 'initial';
  }
}

export function rulesOf(cell: Cell, groupId: string, port: number, owner: string): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const rule of cell.network.securityGroups.get(groupId)?.rules.values() ?? []) {
    const { peer } = rule;
    if (rule.isEgress || rule.protocol !== 'tcp' || rule.fromPort !== port || rule.toPort !== port) continue;
    if (peer.kind !== 'ipv4' || !peer.cidr.endsWith('/32')) continue;
    held.set(
      peer.cidr.slice(0, -'/32'.length),
      rule.description === ownershipMark(owner) ? 'healthy' : 'foreign',
    );
  }
  return held;
}
