import type { Clock } from '../../../clock/clock.ts';
import { peersOf } from '../../../world/network/peer.ts';
import { changed, endToEnd, type HeaderPairs, listed, valuesOf, without } from '../../http/header-pairs.ts';
import type { Destination, Endpoints } from '../endpoint.ts';
import { forward } from '../forward.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';
import type { IntegrationRequest } from '../integration-request.ts';
import { internalServerError, serviceUnavailable } from './http-api-answer.ts';
import { filledIn, type HttpApiRequest, pathWithStage } from './http-api-request.ts';
import { mapRequest } from './parameter-mapping.ts';

const LONGEST_TIMEOUT = 30_000;

/** Passes the request on to a URL, or through a VPC link to a listener, and the answer back. */
export async function httpProxy(
  request: HttpApiRequest,
  { endpoints, clock }: { endpoints: Endpoints; clock: Clock },
): Promise<GatewayAnswer> {
  const isPrivate = request.integration.ConnectionType === 'VPC_LINK';
  const found = isPrivate ? privateTarget(request) : publicTarget(request);
  if (!found) return internalServerError();
  const endpoint = endpoints.find(request.cell, found.destination);
  if (!endpoint) return serviceUnavailable();
  const milliseconds = request.integration.TimeoutInMillis ?? LONGEST_TIMEOUT;
  const exchanged = await forward(outgoing(request, found.url), endpoint, { clock, milliseconds });
  if (exchanged.kind === 'too-long') return internalServerError();
  if (exchanged.kind !== 'answered') return serviceUnavailable();
  return { status: exchanged.status, headers: passedBack(exchanged.headers), body: exchanged.body };
}

interface Target {
  destination: Destination;
  url: URL;
}

/** A listener of a load balancer. It gets the client's Host header, and the stage's name in the path. */
function privateTarget(request: HttpApiRequest): Target | undefined {
  const { cell, integration } = request;
  const link = cell.apis.privateLinks.get(filledIn(integration.ConnectionId ?? '', request));
  const listener = cell.loadBalancing.listeners.get(filledIn(integration.IntegrationUri ?? '', request));
  const balancer = cell.loadBalancing.loadBalancers.get(listener?.loadBalancerArn ?? '');
  if (link?.status !== 'AVAILABLE' || !listener || !balancer) return undefined;
  const [host = ''] = valuesOf(request.headers, 'host');
  return {
    destination: {
      kind: 'private',
      balancer,
      port: listener.port,
      isEncrypted: integration.TlsConfig?.ServerNameToVerify !== undefined,
      from: peersOf(link.interfaces),
    },
    url: new URL(`http://${host}${pathWithStage(request)}`),
  };
}

/** A URL, with path variables in it filled in; the request's path is not added to it. */
function publicTarget(request: HttpApiRequest): Target | undefined {
  const uri = filledIn(request.integration.IntegrationUri ?? '', request).replace(
    /\{(\w+)\+?\}/g,
    (_whole, name: string) => request.pathParameters[name] ?? '',
  );
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return { destination: { kind: 'internet', host: url.hostname, port }, url };
}

function outgoing(request: HttpApiRequest, url: URL): IntegrationRequest {
  const mapped = mapRequest(request, {
    path: url.pathname,
    query: [url.search.slice(1), request.query].filter((part) => part !== '').join('&'),
    headers: endpointHeaders(request, url),
  });
  const target = new URL(url);
  target.pathname = mapped.path;
  target.search = mapped.query;
  const wanted = request.integration.IntegrationMethod ?? 'ANY';
  const method = wanted === 'ANY' ? request.httpMethod : wanted;
  const hasLength = request.body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method);
  const length = hasLength ? [['Content-Length', String(request.body.length)] as const] : [];
  return { method, url: target, headers: [...mapped.headers, ...length], body: request.body };
}

function endpointHeaders(request: HttpApiRequest, url: URL): HeaderPairs {
  const [host = ''] = valuesOf(request.headers, 'host');
  const forwarded = `by=127.0.0.1;for=${request.sourceIp};host=${host};proto=http`;
  return changed(endToEnd(request.headers), {
    Expect: undefined,
    'Content-Length': undefined,
    Host: url.host,
    Via: 'HTTP/1.1 AmazonAPIGateway',
    Forwarded: listed(request.headers, 'Forwarded', forwarded),
  });
}

function passedBack(headers: HeaderPairs): HeaderPairs {
  return without(endToEnd(headers), 'content-length');
}
