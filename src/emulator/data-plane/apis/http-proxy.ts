import type { Clock } from '../../clock/clock.ts';
import { endToEnd, type HeaderPairs } from '../header-pairs.ts';
import type { ApiRequest } from './api-request.ts';
import type { Endpoint, Endpoints } from './endpoint.ts';
import { type Exchanged, exchange } from './exchange.ts';
import { type GatewayAnswer, internalError, networkError, timedOut } from './gateway-answer.ts';
import { type IntegrationRequest, integrationRequest } from './integration-request.ts';

const LONGEST_TIMEOUT = 29_000;

/** Methods that may be sent twice (RFC 9110 section 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Headers that API Gateway passes on under another name, as it sends its own or none. */
const REMAPPED = new Set([
  'connection',
  'content-length',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
]);

/** Passes the request on to the integration's endpoint, and the endpoint's answer back. */
export async function httpProxy(
  request: ApiRequest,
  endpoints: Endpoints,
  clock: Clock,
): Promise<GatewayAnswer> {
  const outgoing = integrationRequest(request);
  if (!outgoing) return internalError();
  const found = endpoints.find(request, outgoing.url);
  if ('refusal' in found) return found.refusal;
  const timeout = request.integration.timeoutInMillis ?? LONGEST_TIMEOUT;
  return conclude(await send(outgoing, found.endpoint, clock, timeout));
}

/**
 * A kept connection may have ended while the request was on its way: then, and only then, a request that may be sent
 * twice is, over a new connection. What fails there has failed.
 */
async function send(
  request: IntegrationRequest,
  endpoint: Endpoint,
  clock: Clock,
  timeout: number,
): Promise<Exchanged> {
  const deadline = clock.now() + timeout;
  const first = await exchange(request, endpoint.next, { clock, milliseconds: timeout });
  if (first.kind !== 'failed' || !first.isStale || !IDEMPOTENT.has(request.method)) return first;
  return exchange(request, endpoint.fresh, { clock, milliseconds: deadline - clock.now() });
}

function conclude(exchanged: Exchanged): GatewayAnswer {
  switch (exchanged.kind) {
    case 'answered':
      return { status: exchanged.status, headers: remapped(exchanged.headers), body: exchanged.body };
    case 'timeout':
      return timedOut();
    case 'too-long':
      return internalError();
    case 'failed':
      return networkError();
  }
}

function remapped(headers: HeaderPairs): HeaderPairs {
  const renamed = headers.filter(([name]) => REMAPPED.has(name.toLowerCase()));
  return [
    ...endToEnd(headers).filter(([name]) => !REMAPPED.has(name.toLowerCase())),
    ...renamed.map(([name, value]) => [`x-amzn-Remapped-${name}`, value] as const),
  ];
}
