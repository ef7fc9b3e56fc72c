import type { Integration, Route } from '@aws-sdk/client-apigatewayv2';
import type { Cell } from '../../../core/cell.ts';
import type { Connection } from '../../../world/apis/connection.ts';
import type { HttpApi, HttpDeployment, HttpStage } from '../../../world/apis/http-api.ts';
import { type HeaderPairs, valuesOf } from '../../http/header-pairs.ts';

/** A client of a stage, as the handshake told of it. */
export interface WebSocketClient {
  cell: Cell;
  api: HttpApi;
  stage: HttpStage;
  deployment: HttpDeployment;
  connection: Connection;
  headers: HeaderPairs;
  query: string;
  /** What the authorizer said of the client. */
  authorizer: Readonly<Record<string, unknown>> | undefined;
}

/** Something that a route's integration is told of: a client comes, says something, or goes. */
export interface WebSocketEvent extends WebSocketClient {
  type: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  route: Route;
  integration: Integration;
  requestId: string;
  body: string;
  /** How it went, where it goes. */
  closing?: { code: number; reason: string };
}

export function webSocketArn({ cell, api, stage }: WebSocketClient, routeKey: string): string {
  return `arn:aws:execute-api:${cell.region}:${cell.account}:${api.id}/${stage.name}/${routeKey}`;
}

/**
 * What a mapping expression stands for: `'text'`, `route.request.{header,querystring}.name`,
 * `route.request.body[.name]`, `context.name` or `stageVariables.name`; undefined where there is no such thing.
 */
export function evaluate(expression: string, event: Omit<WebSocketEvent, 'integration'>): string | undefined {
  if (/^'.*'$/s.test(expression)) return expression.slice(1, -1);
  const [root = '', ...rest] = expression.split('.');
  if (root === 'stageVariables') return event.stage.variables.get(rest.join('.'));
  if (root === 'context') return contextValue(rest, event);
  const [, place = '', ...name] = rest;
  if (place === 'header') return valuesOf(event.headers, name.join('.')).at(-1);
  if (place === 'querystring') return new URLSearchParams(event.query).get(name.join('.')) ?? undefined;
  return place === 'body' ? bodyValue(event.body, name) : undefined;
}

/** Text with its `${stageVariables.name}` filled in. */
export function withStageVariables(text: string, { stage }: WebSocketClient): string {
  return text.replace(/\$\{stageVariables\.(\w+)\}/g, (_whole, name) => stage.variables.get(name) ?? '');
}

/** A member of a body that is JSON; the whole body where none is named. */
export function bodyValue(body: string, name: readonly string[]): string | undefined {
  if (name.length === 0) return body;
  try {
    let value: unknown = JSON.parse(body);
    for (const step of name) value = (value as Record<string, unknown> | null)?.[step];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  } catch {
    return undefined;
  }
}

function contextValue(
  [name = '', ...more]: readonly string[],
  event: Omit<WebSocketEvent, 'integration'>,
): string | undefined {
  if (name === 'authorizer') {
    const value = event.authorizer?.[more.join('.')];
    return value === undefined ? undefined : String(value);
  }
  const { connection, api, stage, cell } = event;
  const known: Readonly<Record<string, string>> = {
    accountId: cell.account,
    apiId: api.id,
    connectionId: connection.id,
    connectedAt: String(connection.connectedAt),
    eventType: event.type,
    requestId: event.requestId,
    routeKey: event.route.RouteKey ?? '',
    stage: stage.name,
    'identity.sourceIp': connection.sourceIp,
    'identity.userAgent': connection.userAgent,
  };
  return known[[name, ...more].join('.')];
}
