import { Agent, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import type { Cell } from '../../core/cell.ts';
import type { Random } from '../../core/random.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { inService } from '../load-balancers/in-service.ts';
import { loopbackAgent } from '../loopback/agent.ts';
import type { Loopback, Passage } from '../loopback/loopback.ts';
import { isLoopback } from '../loopback/socket-address.ts';
import { type ApiRequest, withStageVariables } from './api-request.ts';
import { type GatewayAnswer, internalError, networkError } from './gateway-answer.ts';

/** Two ways to one endpoint: a connection kept from before where there is one, or a new one in any case. */
export interface Endpoint {
  kept: RequestOptions;
  fresh: RequestOptions;
  /** The way that the next request takes. */
  next: RequestOptions;
}

/** Finds and connects to what integrations point at. */
export interface Endpoints {
  find(request: ApiRequest, url: URL): { endpoint: Endpoint } | { refusal: GatewayAnswer };
  close(): void;
}

/** Shorter than load balancers keep an idle connection, so that it is seldom they who end it. */
const KEPT_MILLISECONDS = 30_000;

/**
 * API Gateway is many machines, each with connections of its own: so often a request comes over a new one. Were it
 * always a kept one, a target that is dead would go unnoticed for as long as the kept connections led elsewhere.
 */
const FRESH_SHARE = 0.25;

/** A VPC link to an NLB is PrivateLink's. */
const VPC_LINK: Passage = { privateLink: true };

export function endpoints(loopback: Loopback, random: Random): Endpoints {
  const worldAgent = loopbackAgent(loopback, undefined, { timeout: KEPT_MILLISECONDS });
  const linkAgent = loopbackAgent(loopback, undefined, { timeout: KEPT_MILLISECONDS, passage: VPC_LINK });
  const localAgent = new Agent({ keepAlive: true, timeout: KEPT_MILLISECONDS });

  function toBalancer(
    cell: Cell,
    balancer: LoadBalancer | undefined,
    port: number,
    passage?: Passage,
  ): { endpoint: Endpoint } | { refusal: GatewayAnswer } {
    const addresses = balancer ? inService(cell, balancer) : [];
    const address = addresses[Math.floor(random() * addresses.length)];
    if (address === undefined) return { refusal: networkError() };
    const agent = passage?.privateLink ? linkAgent : worldAgent;
    const kept = { agent, host: address, port };
    const createConnection = () =>
      loopback.connect({ from: undefined, to: { address, port }, ...(passage && { passage }) });
    return { endpoint: withNext(kept, { createConnection }) };
  }

  function withNext(kept: RequestOptions, fresh: RequestOptions): Endpoint {
    return { kept, fresh, next: random() < FRESH_SHARE ? fresh : kept };
  }

  return {
    find(request, url) {
      const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
      const { loadBalancing, apis } = request.cell;
      if (request.integration.connectionType === 'VPC_LINK') {
        const link = apis.vpcLinks.get(withStageVariables(request.integration.connectionId ?? '', request));
        if (link?.status !== 'AVAILABLE') return { refusal: internalError() };
        const balancer = loadBalancing.loadBalancers.get(link.targetArns[0] ?? '');
        return toBalancer(request.cell, balancer, port, VPC_LINK);
      }
      if (url.hostname === 'localhost' || isLoopback(url.hostname)) {
        const to = { host: url.hostname, port };
        return { endpoint: withNext({ agent: localAgent, ...to }, { createConnection: () => connect(to) }) };
      }
      // Without a VPC link API Gateway reaches what the internet reaches.
      const balancer = loadBalancing.byDnsName(url.hostname);
      return toBalancer(request.cell, balancer?.scheme === 'internet-facing' ? balancer : undefined, port);
    },
    close() {
      worldAgent.destroy();
      linkAgent.destroy();
      localAgent.destroy();
    },
  };
}
