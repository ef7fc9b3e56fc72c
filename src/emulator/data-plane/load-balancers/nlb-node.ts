import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { isServed, zoneFor } from '../../world/load-balancing/routing.ts';
import { type TargetGroup, targetKey } from '../../world/load-balancing/target-group.ts';
import { whenIdle } from '../loopback/idle.ts';
import type { Caller } from '../loopback/loopback.ts';
import { passOn } from '../loopback/pass-on.ts';
import { cut } from '../loopback/reset.ts';
import { isEncrypted, listenerTls } from '../tls/listener-tls.ts';
import { dialTarget } from './dial-target.ts';
import { isAdmitted, type NodeListener, type Served } from './node-listener.ts';

interface Flow {
  group: TargetGroup;
  target: string;
  upstream: Socket;
}

/** A node of a network load balancer: TCP connections go on to a target, those of TLS listeners in the clear or anew. */
export function nlbNode(context: NodeListener): Served {
  const { cell, loopback, balancer, listener, node } = context;
  const flows = new Set<Flow>();

  function dial(caller: Caller): Socket | undefined {
    const dialled = dialTarget(context, caller);
    if (!dialled) return undefined;
    const { group, target, upstream } = dialled;
    const flow = { group, target: targetKey(target.id, target.port), upstream };
    flows.add(flow);
    upstream.once('close', () => flows.delete(flow));
    whenIdle(upstream, idleTimeout(context), () => cut(upstream));
    return upstream;
  }

  /**
   * Flows outlive the registration of their target unless the group says otherwise; not its health, where the group
   * says so (the default of AWS) and others are healthy.
   */
  function isToBeCut({ group, target }: Flow): boolean {
    const held = group.registrations.get(target);
    if (!held) return isSet(group, 'deregistration_delay.connection_termination.enabled');
    if (held.state !== 'unhealthy') return false;
    const zone = zoneFor(balancer, group, node.interface.availabilityZone);
    return (
      isSet(group, 'target_health_state.unhealthy.connection_termination.enabled') &&
      isServed(cell, group, zone)
    );
  }

  const sockets = { allowHalfOpen: true, noDelay: true };
  return {
    ...passOn({
      loopback,
      server: isEncrypted(listener)
        ? createTlsServer({ ...sockets, ...listenerTls(context) })
        : createServer(sockets),
      admits: (peer, passage) => isAdmitted(context, peer, passage),
      dial,
    }),
    review() {
      for (const flow of flows) if (isToBeCut(flow)) cut(flow.upstream);
    },
  };
}

function isSet(group: TargetGroup, attribute: string): boolean {
  return group.attributes.get(attribute) === 'true';
}

function idleTimeout({ listener }: NodeListener): number {
  return Number(listener.attributes.get('tcp.idle_timeout.seconds') ?? 350) * 1000;
}
