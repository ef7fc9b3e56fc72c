import { type HeaderPairs, valuesOf } from '../../http/header-pairs.ts';
import type { ApiRequest } from '../api-request.ts';

/** What a function gets of a request to a REST API (payload format 1.0), without its body. */
export function proxyEvent(request: ApiRequest): object {
  const { resource, path, httpMethod, headers, query, pathParameters, stage } = request;
  const parameters = [...new URLSearchParams(query)];
  return {
    resource: resource.path,
    path,
    httpMethod,
    headers: orNull(Object.fromEntries(headers)),
    multiValueHeaders: orNull(grouped(headers)),
    queryStringParameters: orNull(Object.fromEntries(parameters)),
    multiValueQueryStringParameters: orNull(grouped(parameters)),
    pathParameters: orNull(pathParameters),
    stageVariables: orNull(Object.fromEntries(stage.variables)),
    requestContext: requestContext(request),
  };
}

/** The same with the body; in base64 where the API takes the type of the content as binary. */
export function proxyEventWithBody(request: ApiRequest): object {
  const { api, headers, body } = request;
  const isBase64Encoded = isBinary(api.settings.binaryMediaTypes ?? [], valuesOf(headers, 'content-type')[0]);
  const text = Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8');
  return { ...proxyEvent(request), body: body.length === 0 ? null : text, isBase64Encoded };
}

/** Whether an API takes a media type as binary; types such as image with a star for the rest are wildcards. */
function isBinary(binaryMediaTypes: readonly string[], mediaType: string | undefined): boolean {
  const type = mediaType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return binaryMediaTypes.some((binary) => {
    const [wanted = '', subtype] = binary.toLowerCase().split('/');
    return (
      binary === '*/*' || binary.toLowerCase() === type || (subtype === '*' && type.startsWith(`${wanted}/`))
    );
  });
}

function requestContext(request: ApiRequest): object {
  const { cell, api, stage, resource, headers } = request;
  const [domainName = ''] = valuesOf(headers, 'host');
  const now = cell.clock.now();
  return {
    accountId: cell.account,
    apiId: api.id,
    resourceId: resource.id,
    resourcePath: resource.path,
    httpMethod: request.httpMethod,
    path: `/${stage.name}${request.path}`,
    stage: stage.name,
    domainName,
    domainPrefix: domainName.split('.')[0],
    protocol: 'HTTP/1.1',
    requestId: request.requestId,
    requestTime: new Date(now).toUTCString(),
    requestTimeEpoch: now,
    identity: { sourceIp: request.sourceIp, userAgent: valuesOf(headers, 'user-agent')[0] ?? null },
    ...(request.authorizer && { authorizer: request.authorizer }),
  };
}

function grouped(pairs: HeaderPairs): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of pairs) groups[name] = [...(groups[name] ?? []), value];
  return groups;
}

function orNull<T extends object>(value: T): T | null {
  return Object.keys(value).length === 0 ? null : value;
}
