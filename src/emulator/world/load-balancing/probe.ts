import type { Peer } from '../network/peer.ts';
import type { HealthCheck } from './target-group.ts';

/** One health check of one target, from a load balancer's node. */
export interface Probe {
  /** The node that asks. */
  from: Peer;
  address: string;
  port: number;
  check: HealthCheck;
  /** Whether the target expects a PROXY protocol header. */
  proxyProtocol?: boolean;
}

/** What came of it; a status is what HTTP answered when it is not among the codes that pass. */
export type ProbeResult =
  | { passed: true }
  | { passed: false; cause: 'timeout' | 'refused' }
  | { passed: false; cause: 'status'; status: number };

/** Asks the target: over a socket where there is a data plane, of the world itself where there is none. */
export type Prober = (probe: Probe) => ProbeResult | Promise<ProbeResult>;
