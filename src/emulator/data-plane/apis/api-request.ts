import type { Integration, Method } from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../core/cell.ts';
import type { Deployment, Resource, RestApi, Stage } from '../../world/apis/rest-api.ts';
import { type HeaderPairs, valuesOf } from '../http/header-pairs.ts';

/** A request on its way through a stage; its body and what the authorizer says come to it there. */
export interface ApiRequest {
  cell: Cell;
  api: RestApi;
  stage: Stage;
  deployment: Deployment;
  resource: Resource;
  method: Method;
  integration: Integration;
  requestId: string;
  httpMethod: string;
  /** Within the stage. */
  path: string;
  query: string;
  pathParameters: Readonly<Record<string, string>>;
  headers: HeaderPairs;
  /** Whole. */
  body: Uint8Array;
  sourceIp: string;
  /** Where the client connected to. */
  port: number;
  /** What the authorizer said of the client. */
  authorizer: Readonly<Record<string, unknown>> | undefined;
}

/**
 * What a mapping expression stands for: `'text'`, `method.request.{path,querystring,header}.name`,
 * `stageVariables.name` or `context.name`; undefined where the request has no such thing.
 */
export function evaluate(expression: string, request: ApiRequest): string | undefined {
  if (/^'.*'$/s.test(expression)) return expression.slice(1, -1);
  const [root = '', ...rest] = expression.split('.');
  if (root === 'stageVariables') return request.stage.variables.get(rest.join('.'));
  if (root === 'context' && rest[0] === 'authorizer') {
    const value = request.authorizer?.[rest.slice(1).join('.')];
    return value === undefined ? undefined : String(value);
  }
  if (root === 'context') return contextOf(request)[rest.join('.')];
  const [, place, ...name] = rest;
  if (place === 'path') return request.pathParameters[name.join('.')];
  if (place === 'header') return valuesOf(request.headers, name.join('.')).at(-1);
  if (place === 'querystring') return new URLSearchParams(request.query).get(name.join('.')) ?? undefined;
  return undefined;
}

/** Text with its `${stageVariables.name}` filled in. */
export function withStageVariables(text: string, { stage }: Pick<ApiRequest, 'stage'>): string {
  return text.replace(/\$\{stageVariables\.(\w+)\}/g, (_whole, name) => stage.variables.get(name) ?? '');
}

function contextOf({ cell, api, stage, resource, ...request }: ApiRequest): Record<string, string> {
  return {
    accountId: cell.account,
    apiId: api.id,
    httpMethod: request.httpMethod,
    'identity.sourceIp': request.sourceIp,
    path: `/${stage.name}${request.path}`,
    requestId: request.requestId,
    resourceId: resource.id,
    resourcePath: resource.path,
    stage: stage.name,
  };
}
