import { Agent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import type { Peer } from '../../world/network/peer.ts';
import { encrypted } from '../tls/encrypted.ts';
import type { Loopback } from './loopback.ts';

/** Connections of one address of the world, kept open to be used again. */
export function loopbackAgent(
  loopback: Loopback,
  from: Peer,
  { encrypts, ...options }: AgentOptions & { encrypts?: boolean } = {},
): Agent {
  const agent = new Agent({ keepAlive: true, ...options });
  agent.createConnection = ({ host, port }: ClientRequestArgs) => {
    const socket = loopback.connect({ from, to: { address: String(host), port: Number(port) } });
    return encrypts ? encrypted(socket) : socket;
  };
  return agent;
}
