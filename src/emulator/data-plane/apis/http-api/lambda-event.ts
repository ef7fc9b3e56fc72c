import type { HeaderPairs } from '../../http/header-pairs.ts';
import { valuesOf, without } from '../../http/header-pairs.ts';
import { type HttpApiRequest, pathWithStage } from './http-api-request.ts';

/** Bodies of these types reach a function as they are; all others in base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded)|[^;]*\+(json|xml))/i;

/** What a function gets in payload format 2.0. */
export function lambdaEvent(request: HttpApiRequest): object {
  const { headers, query, pathParameters, stage, body, authorizer } = request;
  const cookies = valuesOf(headers, 'cookie').flatMap((value) => value.split(';').map((part) => part.trim()));
  const parameters = byName([...new URLSearchParams(query)]);
  return {
    version: '2.0',
    routeKey: request.route.RouteKey,
    rawPath: pathWithStage(request),
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers: byName(without(headers, 'cookie').map(([name, value]) => [name.toLowerCase(), value])),
    ...(query !== '' && { queryStringParameters: parameters }),
    requestContext: { ...requestContext(request), ...(authorizer && { authorizer: authorizerOf(request) }) },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters: decoded(pathParameters) }),
    ...(stage.variables.size > 0 && { stageVariables: Object.fromEntries(stage.variables) }),
    ...bodyOf(headers, body),
  };
}

function requestContext(request: HttpApiRequest): object {
  const { cell, api, stage, headers } = request;
  const [domainName = ''] = valuesOf(headers, 'host');
  const now = cell.clock.now();
  return {
    accountId: cell.account,
    apiId: api.id,
    domainName,
    domainPrefix: domainName.split('.')[0],
    http: {
      method: request.httpMethod,
      path: pathWithStage(request),
      protocol: 'HTTP/1.1',
      sourceIp: request.sourceIp,
      userAgent: valuesOf(headers, 'user-agent')[0] ?? '',
    },
    requestId: request.requestId,
    routeKey: request.route.RouteKey,
    stage: stage.name,
    time: new Date(now).toUTCString(),
    timeEpoch: now,
  };
}

/** Values of one name are joined by commas. */
function byName(pairs: HeaderPairs): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [name, value] of pairs) named[name] = name in named ? `${named[name]},${value}` : value;
  return named;
}

function bodyOf(headers: HeaderPairs, body: Uint8Array): object {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT.test(valuesOf(headers, 'content-type')[0] ?? '');
  return { body: Buffer.from(body).toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

function authorizerOf({ route, authorizer }: HttpApiRequest): object {
  if (route.AuthorizationType === 'JWT') return { jwt: authorizer };
  return route.AuthorizationType === 'AWS_IAM' ? { iam: authorizer } : { lambda: authorizer };
}

function decoded(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, decodeURIComponent(value)]),
  );
}
