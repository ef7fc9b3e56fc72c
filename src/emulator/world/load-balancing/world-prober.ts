import type { Hosts } from '../network/hosts.ts';
import type { Network } from '../network/network.ts';
import { accepts } from './load-balancer.ts';
import type { LoadBalancing } from './load-balancing.ts';
import type { Prober } from './probe.ts';

/**
 * Answers health checks without sockets: a check passes where a serving node listens, or a host, and the security
 * groups let the asker in. What a target would answer over HTTP is not looked at.
 */
export function worldProber(network: Network, hosts: Hosts, loadBalancing: LoadBalancing): Prober {
  return ({ from, address, port }) => {
    if ([...hosts.all].some((host) => host.address === address && host.port === port))
      return { passed: true };
    for (const loadBalancer of loadBalancing.loadBalancers.values()) {
      const node = loadBalancer.nodes.find((held) => held.interface.privateIpAddresses.includes(address));
      if (!node) continue;
      const listening = loadBalancing
        .listenersOf(loadBalancer.arn)
        .some((listener) => listener.port === port);
      if (!accepts(node) || !listening) return { passed: false, cause: 'refused' };
      const groups = loadBalancer.securityGroupIds;
      const open = groups.length === 0 || network.admits(groups, { address: from }, port);
      return open ? { passed: true } : { passed: false, cause: 'timeout' };
    }
    return { passed: false, cause: 'timeout' };
  };
}
