import type { Clock } from '../../../clock/clock.ts';
import { endToEnd, type HeaderPairs, replaced, without } from '../../http/header-pairs.ts';
import type { Destination, Endpoints } from '../endpoint.ts';
import { forward } from '../forward.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';
import type { IntegrationRequest } from '../integration-request.ts';
import { invokeFunction } from '../invoke-function.ts';
import { lambdaAnswer } from '../lambda-result.ts';
import { lambdaEvent } from './lambda-event.ts';
import { evaluate, type WebSocketEvent, webSocketArn, withStageVariables } from './web-socket-event.ts';

const LONGEST_TIMEOUT = 29_000;

/** What a route's integration answered; undefined where it did not. */
export async function integrate(
  event: WebSocketEvent,
  { endpoints, clock }: { endpoints: Endpoints; clock: Clock },
): Promise<Pick<GatewayAnswer, 'status' | 'body'> | undefined> {
  switch (event.integration.IntegrationType) {
    case 'HTTP_PROXY':
      return askEndpoint(event, endpoints, clock);
    case 'AWS_PROXY':
      return askFunction(event, clock);
    case 'MOCK':
      return { status: mockStatus(event), body: new Uint8Array() };
    default:
      return undefined;
  }
}

async function askEndpoint(
  event: WebSocketEvent,
  endpoints: Endpoints,
  clock: Clock,
): Promise<Pick<GatewayAnswer, 'status' | 'body'> | undefined> {
  const outgoing = integrationRequest(event);
  const destination = outgoing && destinationOf(event, outgoing.url);
  const endpoint = destination && endpoints.find(event.cell, destination);
  if (!outgoing || !endpoint) return undefined;
  const milliseconds = event.integration.TimeoutInMillis ?? LONGEST_TIMEOUT;
  const exchanged = await forward(outgoing, endpoint, { clock, milliseconds });
  return exchanged.kind === 'answered' ? exchanged : undefined;
}

/** A link of the first version leads to its network load balancer. */
function destinationOf({ cell, integration }: WebSocketEvent, url: URL): Destination | undefined {
  const isEncrypted = url.protocol === 'https:';
  const port = Number(url.port || (isEncrypted ? 443 : 80));
  if (integration.ConnectionType !== 'VPC_LINK') return { kind: 'internet', host: url.hostname, port };
  const link = cell.apis.vpcLinks.get(integration.ConnectionId ?? '');
  if (link?.status !== 'AVAILABLE') return undefined;
  const balancer = cell.loadBalancing.loadBalancers.get(link.targetArns[0] ?? '');
  return { kind: 'private', balancer, port, isEncrypted, from: [] };
}

function integrationRequest(event: WebSocketEvent): IntegrationRequest | undefined {
  const uri = withStageVariables(event.integration.IntegrationUri ?? '', event);
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  const body = Buffer.from(event.body);
  let headers: HeaderPairs = [
    ...clientHeaders(event),
    ['Host', url.host],
    ['x-amzn-apigateway-api-id', event.api.id],
    ['Content-Length', String(body.length)],
  ];
  for (const [destination, source] of Object.entries(event.integration.RequestParameters ?? {})) {
    const [, , place, ...name] = destination.split('.');
    const value = evaluate(source, event);
    if (value === undefined) continue;
    if (place === 'header') headers = replaced(headers, name.join('.'), value);
    if (place === 'querystring') url.searchParams.set(name.join('.'), value);
  }
  return { method: event.integration.IntegrationMethod ?? 'POST', url, headers, body };
}

/** Only a client that comes has headers; what it says later has none of its own. */
function clientHeaders({ type, headers }: WebSocketEvent): HeaderPairs {
  if (type !== 'CONNECT') return [['Content-Type', 'application/json']];
  const handshake = /^(host|content-length|sec-websocket-.*)$/i;
  return without(endToEnd(headers), 'upgrade').filter(([name]) => !handshake.test(name));
}

async function askFunction(
  event: WebSocketEvent,
  clock: Clock,
): Promise<Pick<GatewayAnswer, 'status' | 'body'> | undefined> {
  const { integration, cell, route } = event;
  const call = {
    uri: withStageVariables(integration.IntegrationUri ?? '', event),
    credentials: integration.CredentialsArn,
    sourceArn: webSocketArn(event, route.RouteKey ?? ''),
    event: lambdaEvent(event),
  };
  const milliseconds = integration.TimeoutInMillis ?? LONGEST_TIMEOUT;
  const result = await invokeFunction(cell, call, { clock, milliseconds });
  return result.kind === 'answered' ? lambdaAnswer(result.value) : undefined;
}

function mockStatus({ integration }: WebSocketEvent): number {
  const templates = Object.values(integration.RequestTemplates ?? {}).join();
  return Number(/"?statusCode"?\s*:\s*"?(\d+)/.exec(templates)?.[1] ?? 200);
}
