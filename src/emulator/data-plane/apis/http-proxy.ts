import type { Clock } from '../../clock/clock.ts';
import { endToEnd, type HeaderPairs } from '../http/header-pairs.ts';
import type { ApiRequest } from './api-request.ts';
import { destinationOf } from './destination.ts';
import type { Endpoints } from './endpoint.ts';
import type { Exchanged } from './exchange.ts';
import { forward } from './forward.ts';
import { type GatewayAnswer, internalError, networkError, timedOut } from './gateway-answer.ts';
import { integrationRequest } from './integration-request.ts';

const LONGEST_TIMEOUT = 29_000;

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
  const destination = outgoing && destinationOf(request, outgoing.url);
  if (!outgoing || !destination || destination === 'unavailable') return internalError();
  const endpoint = endpoints.find(request.cell, destination);
  if (!endpoint) return networkError();
  const milliseconds = request.integration.timeoutInMillis ?? LONGEST_TIMEOUT;
  return conclude(await forward(outgoing, endpoint, { clock, milliseconds }));
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
  const passed: HeaderPairs = endToEnd(headers).filter(([name]) => !REMAPPED.has(name.toLowerCase()));
  const renamed = headers.filter(([name]) => REMAPPED.has(name.toLowerCase()));
  return [...passed, ...renamed.map(([name, value]) => [`x-amzn-Remapped-${name}`, value] as const)];
}
