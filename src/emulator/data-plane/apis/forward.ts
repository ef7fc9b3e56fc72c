import type { Clock } from '../../clock/clock.ts';
import type { Endpoint } from './endpoint.ts';
import { type Exchanged, exchange } from './exchange.ts';
import type { IntegrationRequest } from './integration-request.ts';

/** Methods that may be sent twice (RFC 9110 section 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/**
 * One request and its answer. A kept connection may have ended while the request was on its way: then, and only then, a
 * request that may be sent twice is, over a new connection. What fails there has failed.
 */
export async function forward(
  request: IntegrationRequest,
  endpoint: Endpoint,
  { clock, milliseconds }: { clock: Clock; milliseconds: number },
): Promise<Exchanged> {
  const deadline = clock.now() + milliseconds;
  const first = await exchange(request, endpoint.next(), { clock, milliseconds });
  if (first.kind !== 'failed' || !first.isStale || !IDEMPOTENT.has(request.method)) return first;
  return exchange(request, endpoint.fresh(), { clock, milliseconds: deadline - clock.now() });
}
