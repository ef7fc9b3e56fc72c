import { createServer, type Socket } from 'node:net';
import { type TargetGroup, targetKey } from '../../world/load-balancing/target-group.ts';
import { openConnections } from '../loopback/connections.ts';
import { reset } from '../loopback/reset.ts';
import { splice } from '../loopback/splice.ts';
import { chooseTarget, chooseTargetGroup, lastAction } from './forwarding.ts';
import { isAdmitted, type NodeListener, type Served } from './node-listener.ts';

interface Flow {
  client: Socket;
  group: TargetGroup;
  target: string;
}

/** A node of a network load balancer: TCP connections go on to a target, from the node's own address. */
export function nlbNode(context: NodeListener): Served {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  const connections = openConnections(server);
  const flows = new Set<Flow>();

  function accept(client: Socket): void {
    const flow = isAdmitted(context, context.loopback.peerAddress(client))
      ? forward(context, client)
      : undefined;
    if (!flow) {
      reset(client);
      return;
    }
    flows.add(flow);
    client.once('close', () => flows.delete(flow));
    client.setTimeout(idleTimeout(context), () => reset(client));
  }

  return {
    server,
    admits: (peer) => isAdmitted(context, peer),
    review() {
      for (const flow of flows) if (isToBeCut(flow)) reset(flow.client);
    },
    close() {
      server.close();
      for (const client of connections) reset(client);
    },
  };
}

function forward(
  { cell, loopback, random, listener, address }: NodeListener,
  client: Socket,
): Flow | undefined {
  const action = lastAction(listener.defaultActions);
  const group = action && chooseTargetGroup(cell.loadBalancing.targetGroups, action, random);
  const target = group && chooseTarget(group, random);
  if (!target) return undefined;
  const to = { address: target.id, port: target.port };
  splice(client, loopback.connect({ from: address, to, allowHalfOpen: true }));
  return { client, group, target: targetKey(target.id, target.port) };
}

/** Flows outlive the registration of their target, unless the group says otherwise. */
function isToBeCut({ group, target }: Flow): boolean {
  const isCutting = group.attributes.get('deregistration_delay.connection_termination.enabled') === 'true';
  return isCutting && !group.registrations.has(target);
}

function idleTimeout({ listener }: NodeListener): number {
  return Number(listener.attributes.get('tcp.idle_timeout.seconds') ?? 350) * 1000;
}
