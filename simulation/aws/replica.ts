import type { Cell } from '../../src/emulator/core/cell.ts';
import { LoadBalancing } from '../../src/emulator/world/load-balancing/load-balancing.ts';
import { Network } from '../../src/emulator/world/network/network.ts';

/** The world as it was at one moment: what a read gets that a lagging copy of AWS's data answers. */
export function replicaOf(cell: Cell): Cell {
  const network = new Network(cell.random);
  copyInto(network.vpcs, cell.network.vpcs);
  copyInto(network.subnets, cell.network.subnets);
  copyInto(network.interfaces, cell.network.interfaces, (held) => ({ ...held }));
  copyInto(network.securityGroups, cell.network.securityGroups, (group) => ({
    ...group,
    rules: new Map(group.rules),
  }));
  copyInto(network.prefixLists, cell.network.prefixLists, (list) => ({
    ...list,
    entries: new Map(list.entries),
  }));
  copyInto(network.vpcEndpoints, cell.network.vpcEndpoints, (endpoint) => ({ ...endpoint }));
  const loadBalancing = new LoadBalancing();
  copyInto(loadBalancing.loadBalancers, cell.loadBalancing.loadBalancers, (balancer) => ({ ...balancer }));
  copyInto(loadBalancing.targetGroups, cell.loadBalancing.targetGroups, (group) => ({
    ...group,
    registrations: new Map([...group.registrations].map(([key, target]) => [key, { ...target }])),
  }));
  return { ...cell, network, loadBalancing };
}

function copyInto<Value>(
  copy: Map<string, Value>,
  original: ReadonlyMap<string, Value>,
  copied: (value: Value) => Value = (value) => value,
): void {
  for (const [key, value] of original) copy.set(key, copied(value));
}
