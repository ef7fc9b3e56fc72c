import type { Clock } from '../../../clock/clock.ts';
import type { Cell } from '../../../core/cell.ts';
import type { Random } from '../../../core/random.ts';
import type { RestApi } from '../../../world/apis/rest-api.ts';
import type { HttpRequest } from '../../http/server-connection.ts';
import { traced } from '../../trace-id.ts';
import type { ApiRequest } from '../api-request.ts';
import type { Endpoints } from '../endpoint.ts';
import {
  forbidden,
  type GatewayAnswer,
  missingAuthenticationToken,
  notImplemented,
  tooLong,
} from '../gateway-answer.ts';
import { httpProxy } from '../http-proxy.ts';
import { mock } from '../mock.ts';
import { NO_BODY, readBody } from '../read-body.ts';
import { matchResource, methodOf } from '../resource-matching.ts';
import type { StageAddress } from '../stage-address.ts';
import { authorize } from './authorize.ts';
import { chooseDeployment, type Served } from './canary.ts';
import { customized } from './customized.ts';
import { lambdaProxy } from './lambda-proxy.ts';
import { refuseBeyondLimits } from './limits.ts';
import { refuseIncomplete } from './required-parameters.ts';
import { refuseWithoutKey } from './usage.ts';

export interface Serving {
  endpoints: Endpoints;
  /** What integrations are timed out by. */
  clock: Clock;
  random: Random;
}

/** What a request asks for, and what it is known by. */
interface Identified {
  address: StageAddress;
  requestId: string;
}

/** Answers a request to a REST API. */
export async function serveRestApi(
  serving: Serving,
  { cell, api }: { cell: Cell; api: RestApi },
  message: HttpRequest,
  identified: Identified,
): Promise<GatewayAnswer> {
  const { stageName } = identified.address;
  const stage = api.settings.disableExecuteApiEndpoint ? undefined : api.stages.get(stageName);
  const served = stage && chooseDeployment(api, stage, serving.random);
  if (!served) return forbidden();
  const { stage: own, deployment } = served;
  const request = match(serving, { cell, api, stage: own, deployment }, message, identified);
  const answer = request ? await run(serving, request, message) : missingAuthenticationToken();
  return customized(answer, deployment);
}

function match(
  { clock, random }: Serving,
  served: Served & { cell: Cell; api: RestApi },
  message: HttpRequest,
  { address: { path, query }, requestId }: Identified,
): ApiRequest | undefined {
  const { method: httpMethod } = message;
  const matched = matchResource(served.deployment.resources, path, httpMethod);
  const method = matched && methodOf(matched.resource, httpMethod);
  if (!matched || !method?.methodIntegration) return undefined;
  // Field by field, as to spread several objects into one takes longer than all else here.
  return {
    cell: served.cell,
    api: served.api,
    stage: served.stage,
    deployment: served.deployment,
    resource: matched.resource,
    pathParameters: matched.pathParameters,
    method,
    integration: method.methodIntegration,
    requestId,
    httpMethod,
    path,
    query,
    headers: traced(message.headers, clock, random),
    body: NO_BODY,
    sourceIp: message.socket.remoteAddress ?? '',
    port: message.socket.localPort ?? 0,
    authorizer: undefined,
  };
}

async function run(serving: Serving, request: ApiRequest, message: HttpRequest): Promise<GatewayAnswer> {
  const authorized = await authorize(request, serving.clock);
  if ('refusal' in authorized) return authorized.refusal;
  request.authorizer = authorized.authorizer;
  const refusal = refuseWithoutKey(request) ?? refuseBeyondLimits(request) ?? refuseIncomplete(request);
  if (refusal) return refusal;
  const body = await readBody(message.body);
  if (body === 'too-long') return tooLong();
  request.body = body;
  return integrate(serving, request);
}

async function integrate({ endpoints, clock }: Serving, request: ApiRequest): Promise<GatewayAnswer> {
  const { type } = request.integration;
  if (type === 'HTTP_PROXY') return httpProxy(request, endpoints, clock);
  if (type === 'AWS_PROXY') return lambdaProxy(request, clock);
  return type === 'MOCK' ? mock(request) : notImplemented(`the integration type ${type}`);
}
