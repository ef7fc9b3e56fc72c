import { Agent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import type { Loopback } from './loopback.ts';

/** Connections of one address of the world (or of an outsider), kept open to be used again. */
export function loopbackAgent(
  loopback: Loopback,
  from: string | undefined,
  options: AgentOptions = {},
): Agent {
  const agent = new Agent({ keepAlive: true, ...options });
  agent.createConnection = ({ host, port }: ClientRequestArgs) =>
    loopback.connect({ from, to: { address: String(host), port: Number(port) } });
  return agent;
}
