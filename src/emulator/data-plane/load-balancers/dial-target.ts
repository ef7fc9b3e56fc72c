import type { Socket } from 'node:net';
import { type Route, routesTo, zoneFor } from '../../world/load-balancing/routing.ts';
import type { Registration, TargetGroup } from '../../world/load-balancing/target-group.ts';
import type { Caller } from '../loopback/loopback.ts';
import { encrypted } from '../tls/encrypted.ts';
import { chooseTargetGroup, lastAction } from './forwarding.ts';
import { type NodeListener, OUTSIDE } from './node-listener.ts';
import { proxyHeader } from './proxy-protocol.ts';
import { stickyRoute } from './sticky-route.ts';

/** A connection of an NLB's node to a target. */
export interface Dialled {
  group: TargetGroup;
  target: Registration;
  upstream: Socket;
}

/** Connects to a target for a client; undefined where there is none to connect to. */
export function dialTarget(context: NodeListener, caller: Caller): Dialled | undefined {
  const { cell, random, listener } = context;
  const action = lastAction(listener.defaultActions);
  const group = action && chooseTargetGroup(cell.loadBalancing.targetGroups, action, random);
  const route = group && chooseRouteOf(context, group, caller);
  if (!group || !route) return undefined;
  const upstream = connectTo(context, group, route, caller);
  return upstream && { group, target: route.target, upstream };
}

function chooseRouteOf(context: NodeListener, group: TargetGroup, { from }: Caller): Route | undefined {
  const { cell, random, balancer, node } = context;
  const routes = routesTo(cell, group, zoneFor(balancer, group, node.interface.availabilityZone));
  if (group.attributes.get('stickiness.enabled') === 'true') {
    return stickyRoute(routes, from?.address ?? OUTSIDE);
  }
  return routes[Math.floor(random() * routes.length)];
}

function connectTo(
  { loopback, balancer, address, listener }: NodeListener,
  group: TargetGroup,
  { place }: Route,
  { from, passage, port, allowHalfOpen }: Caller,
): Socket | undefined {
  const { vpcId } = balancer;
  // What comes through PrivateLink has no client address to preserve.
  const isPreserved = group.attributes.get('preserve_client_ip.enabled') === 'true' && !passage?.privateLink;
  // A target that is its own client would get a connection from itself to itself: such flows never come about.
  const isItself = from?.address === place.address && (from.vpcId ?? vpcId) === vpcId;
  if (isPreserved && isItself) return undefined;
  const socket = loopback.connect({
    from: isPreserved ? from : { address, vpcId },
    routedIn: vpcId,
    to: place,
    port,
    allowHalfOpen,
    ...(isPreserved && { passage: { securityGroupIds: balancer.securityGroupIds } }),
  });
  if (hasProxyProtocol(group)) {
    const source = { address: from?.address ?? OUTSIDE, port: port ?? 0 };
    socket.write(proxyHeader(source, { address, port: listener.port }));
  }
  return group.protocol === 'TLS' ? encrypted(socket) : socket;
}

function hasProxyProtocol({ attributes }: TargetGroup): boolean {
  return attributes.get('proxy_protocol_v2.enabled') === 'true';
}
