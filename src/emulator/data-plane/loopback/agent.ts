import { Agent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import type { Peer } from '../../world/network/peer.ts';
import { encrypted } from '../tls/encrypted.ts';
import type { Loopback, Passage } from './loopback.ts';

/** Connections of one address of the world (or of an outsider) by one VPC's routes, kept open to be used again. */
export function loopbackAgent(
  loopback: Loopback,
  from: Peer | undefined,
  options: AgentOptions & { routedIn?: string; passage?: Passage; encrypts?: boolean } = {},
): Agent {
  const { routedIn, passage, encrypts, ...rest } = options;
  const agent = new Agent({ keepAlive: true, ...rest });
  agent.createConnection = ({ host, port }: ClientRequestArgs) => {
    const to = { address: String(host), port: Number(port) };
    const socket = loopback.connect({
      from,
      to,
      ...(routedIn !== undefined && { routedIn }),
      ...(passage && { passage }),
    });
    return encrypts ? encrypted(socket) : socket;
  };
  return agent;
}
