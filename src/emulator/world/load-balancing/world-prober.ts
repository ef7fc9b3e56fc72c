import { type Host, type Hosts, vpcOfHost } from '../network/hosts.ts';
import type { Peer } from '../network/peer.ts';
import { type Holder, heldFor } from '../network/reach.ts';
import { interfacesOf } from '../network/vpc-endpoint.ts';
import { endpointListeners, type ServicePlace } from './endpoint-listeners.ts';
import { accepts, type LoadBalancer } from './load-balancer.ts';
import type { ProbeResult, Prober } from './probe.ts';

/** What of an account and region can be asked. */
export interface ProbedWorld extends ServicePlace {
  hosts: Hosts;
}

interface Answering extends Holder {
  answer(from: Peer): ProbeResult;
}

/**
 * Answers health checks without sockets: a check passes where a serving node listens, an endpoint that leads to one, or
 * a host, and the security groups let the asker in. What a target would answer over HTTP is not looked at.
 */
export function worldProber(worlds: () => Iterable<ProbedWorld>): Prober {
  return ({ from, address, port }) => {
    const all = [...worlds()];
    const holders = all.flatMap((world) => [
      ...hostsAt(world, address, port),
      ...nodesAt(world, address, port),
      ...endpointsAt(world, all, { address, port }),
    ]);
    const networks = all.map(({ network }) => network);
    return heldFor(networks, from.vpcId, address, holders)?.answer(from) ?? timeout;
  };
}

const passed: ProbeResult = { passed: true };
const refused: ProbeResult = { passed: false, cause: 'refused' };
const timeout: ProbeResult = { passed: false, cause: 'timeout' };

function hostsAt({ network, hosts }: ProbedWorld, address: string, port: number): Answering[] {
  const isThere = (host: Host): boolean => host.address === address && host.port === port;
  return [...hosts.all]
    .filter(isThere)
    .map((host) => ({ vpcId: vpcOfHost(network, host), answer: () => passed }));
}

function nodesAt(world: ProbedWorld, address: string, port: number): Answering[] {
  const found: Answering[] = [];
  for (const balancer of world.loadBalancing.loadBalancers.values()) {
    const node = balancer.nodes.find((held) => held.interface.privateIpAddresses.includes(address));
    if (!node) continue;
    const isListening = (): boolean =>
      accepts(node) &&
      world.loadBalancing.listenersOf(balancer.arn).some((listener) => listener.port === port);
    found.push({
      vpcId: balancer.vpcId,
      answer: (from) => (isListening() ? judged(world, balancer.securityGroupIds, from, port) : refused),
    });
  }
  return found;
}

function endpointsAt(
  world: ProbedWorld,
  all: readonly ProbedWorld[],
  { address, port }: { address: string; port: number },
): Answering[] {
  return [...world.network.vpcEndpoints.values()]
    .filter((endpoint) =>
      interfacesOf(world.network, endpoint).some((held) => held.privateIpAddresses.includes(address)),
    )
    .filter((endpoint) => endpointListeners(all, endpoint).some((listener) => listener.port === port))
    .map(({ vpcId, securityGroupIds }) => ({
      vpcId,
      answer: (from) => judged(world, securityGroupIds, from, port),
    }));
}

/** Without a security group everyone gets in. */
function judged(
  { network }: ProbedWorld,
  groups: LoadBalancer['securityGroupIds'],
  from: Peer,
  port: number,
): ProbeResult {
  return groups.length === 0 || network.admits(groups, from, port) ? passed : timeout;
}
