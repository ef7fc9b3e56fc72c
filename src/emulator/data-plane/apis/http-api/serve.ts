import type { Clock } from '../../../clock/clock.ts';
import type { Cell } from '../../../core/cell.ts';
import type { Random } from '../../../core/random.ts';
import type { HttpApi, HttpStage } from '../../../world/apis/http-api.ts';
import type { HttpRequest } from '../../http/server-connection.ts';
import { traced } from '../../trace-id.ts';
import type { ApiAddress } from '../api-address.ts';
import type { Endpoints } from '../endpoint.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';
import { NO_BODY, readBody } from '../read-body.ts';
import { authorize } from './authorize.ts';
import { preflight, withCors } from './cors.ts';
import { internalServerError, notFound, tooLong, tooManyRequests } from './http-api-answer.ts';
import type { HttpApiRequest } from './http-api-request.ts';
import { httpProxy } from './http-proxy.ts';
import { lambdaProxy } from './lambda-proxy.ts';
import { mapAnswer } from './parameter-mapping.ts';
import { matchRoute } from './route-matching.ts';
import { isWithinLimits } from './throttle.ts';

export interface Serving {
  endpoints: Endpoints;
  clock: Clock;
  random: Random;
}

/** What a request asks for, and what it is known by. */
interface Identified {
  address: ApiAddress;
  requestId: string;
}

/** Answers a request to an HTTP API. */
export async function serveHttpApi(
  serving: Serving,
  { cell, api }: { cell: Cell; api: HttpApi },
  message: HttpRequest,
  identified: Identified,
): Promise<GatewayAnswer> {
  const cors = api.settings.CorsConfiguration;
  const { headers } = message;
  const request = match(serving, { cell, api }, message, identified);
  if (cors && message.method === 'OPTIONS' && !request?.route.RouteKey?.startsWith('OPTIONS ')) {
    return preflight(cors, headers);
  }
  const answer = request ? await run(serving, request, message) : notFound();
  return cors ? withCors(cors, headers, answer) : answer;
}

function match(
  { clock, random }: Serving,
  { cell, api }: { cell: Cell; api: HttpApi },
  message: HttpRequest,
  { address: { path: fullPath, query }, requestId }: Identified,
): HttpApiRequest | undefined {
  const found = api.settings.DisableExecuteApiEndpoint ? undefined : findStage(api, fullPath);
  const deployment = api.deployments.get(found?.stage.deploymentId ?? '');
  const { method: httpMethod } = message;
  const matched = found && deployment && matchRoute(deployment.routes.values(), httpMethod, found.path);
  if (!found || !deployment || !matched) return undefined;
  const integrationId = matched.route.Target?.replace(/^integrations\//, '') ?? '';
  const integration = deployment.integrations.get(integrationId) ?? {};
  // Field by field, as to spread several objects into one takes longer than all else here.
  return {
    cell,
    api,
    stage: found.stage,
    deployment,
    route: matched.route,
    integration,
    requestId,
    httpMethod,
    path: found.path,
    query,
    pathParameters: matched.pathParameters,
    headers: traced(message.headers, clock, random),
    body: NO_BODY,
    sourceIp: message.socket.remoteAddress ?? '',
    port: message.socket.localPort ?? 0,
    authorizer: undefined,
  };
}

/** The stage that the path's first step names; `$default` otherwise. */
function findStage({ stages }: HttpApi, path: string): { stage: HttpStage; path: string } | undefined {
  const [, first = '', ...rest] = path.split('/');
  const named = stages.get(first);
  if (named) return { stage: named, path: `/${rest.join('/')}` };
  const stage = stages.get('$default');
  return stage && { stage, path };
}

async function run(serving: Serving, request: HttpApiRequest, message: HttpRequest): Promise<GatewayAnswer> {
  if (!isWithinLimits(request)) return tooManyRequests();
  const authorized = await authorize(request, serving.clock);
  if ('refusal' in authorized) return authorized.refusal;
  const body = await readBody(message.body);
  if (body === 'too-long') return tooLong();
  request.body = body;
  request.authorizer = authorized.authorizer;
  return mapAnswer(request, await integrate(serving, request));
}

async function integrate(serving: Serving, request: HttpApiRequest): Promise<GatewayAnswer> {
  const { IntegrationType } = request.integration;
  if (IntegrationType === 'HTTP_PROXY') return httpProxy(request, serving);
  return IntegrationType === 'AWS_PROXY' ? lambdaProxy(request, serving.clock) : internalServerError();
}
