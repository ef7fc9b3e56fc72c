import { changed, endToEnd, type HeaderPairs, listed, replaced } from '../http/header-pairs.ts';
import { type ApiRequest, evaluate, withStageVariables } from './api-request.ts';

/** What goes to the endpoint of an HTTP integration. */
export interface IntegrationRequest {
  method: string;
  url: URL;
  headers: HeaderPairs;
  body: Uint8Array;
}

/**
 * The request that a proxy integration sends: the client's, at the integration's URI, with what the request
 * parameters map. Undefined where the URI, filled in, is none.
 */
export function integrationRequest(request: ApiRequest): IntegrationRequest | undefined {
  const mapped = mappedParameters(request);
  const url = endpointUrl(request, mapped.path);
  if (!url) return undefined;
  const own = new URLSearchParams(mapped.querystring).toString();
  const query = [request.query, url.search.slice(1), own].filter((part) => part !== '').join('&');
  if (query !== '') url.search = query;
  const wanted = request.integration.httpMethod ?? 'ANY';
  const method = wanted === 'ANY' ? request.httpMethod : wanted;
  const headers = [...endpointHeaders(request, url, mapped.header), ...bodyLength(method, request.body)];
  return { method, url, headers, body: request.body };
}

type Mapped = Record<'path' | 'querystring' | 'header', Record<string, string>>;

function mappedParameters(request: ApiRequest): Mapped {
  const mapped: Mapped = { path: {}, querystring: {}, header: {} };
  for (const [destination, source] of Object.entries(request.integration.requestParameters ?? {})) {
    const [, , place = '', ...name] = destination.split('.');
    const value = evaluate(source, request);
    if (value !== undefined && isPlace(place)) mapped[place][name.join('.')] = value;
  }
  return mapped;
}

function isPlace(place: string): place is keyof Mapped {
  return ['path', 'querystring', 'header'].includes(place);
}

function endpointUrl(request: ApiRequest, path: Readonly<Record<string, string>>): URL | undefined {
  const uri = withStageVariables(request.integration.uri ?? '', request);
  const filled = uri.replace(/\{(\w+)\+?\}/g, (_whole, name: string) => path[name] ?? '');
  try {
    return new URL(filled);
  } catch {
    return undefined;
  }
}

function endpointHeaders(
  request: ApiRequest,
  url: URL,
  mapped: Readonly<Record<string, string>>,
): HeaderPairs {
  let pairs = changed(endToEnd(request.headers), {
    Expect: undefined,
    'Content-Length': undefined,
    Host: url.host,
    'X-Forwarded-For': listed(request.headers, 'X-Forwarded-For', request.sourceIp),
    'X-Forwarded-Proto': 'http',
    'X-Forwarded-Port': String(request.port),
    'x-amzn-apigateway-api-id': request.api.id,
  });
  for (const [name, value] of Object.entries(mapped)) pairs = replaced(pairs, name, value);
  return pairs;
}

function bodyLength(method: string, body: Uint8Array): HeaderPairs {
  const isTold = body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method);
  return isTold ? [['Content-Length', String(body.length)]] : [];
}
