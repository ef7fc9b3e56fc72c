import type { Integration, Route } from '@aws-sdk/client-apigatewayv2';
import type { Cell } from '../../../core/cell.ts';
import type { HttpApi, HttpDeployment, HttpStage } from '../../../world/apis/http-api.ts';
import { type HeaderPairs, valuesOf } from '../../http/header-pairs.ts';

/** A request on its way through a stage of an HTTP API; its body and what the authorizer says come to it there. */
export interface HttpApiRequest {
  cell: Cell;
  api: HttpApi;
  stage: HttpStage;
  deployment: HttpDeployment;
  route: Route;
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
 * What an expression stands for: `$request.{header,querystring,path}.name`, `$request.path`, `$context.name`,
 * `$stageVariables.name`; undefined where the request has no such thing.
 */
export function evaluate(expression: string, request: HttpApiRequest): string | undefined {
  const [root = '', ...rest] = expression.slice(1).split('.');
  if (root === 'stageVariables') return request.stage.variables.get(rest.join('.'));
  if (root === 'context') return contextValue(rest.join('.'), request);
  if (root !== 'request') return undefined;
  const [place, ...name] = rest;
  if (place === 'path') return name.length === 0 ? request.path : request.pathParameters[name.join('.')];
  if (place === 'header') return joined(valuesOf(request.headers, name.join('.')));
  if (place === 'querystring') return joined(new URLSearchParams(request.query).getAll(name.join('.')));
  return undefined;
}

/** Text with its expressions, `$request.path.id` or `${request.path.id}`, filled in. */
export function filledIn(text: string, request: HttpApiRequest): string {
  if (/^\$[a-z]+(\.[\w.-]+)?$/i.test(text)) return evaluate(text, request) ?? '';
  return text.replace(/\$\{([^}]+)\}/g, (_whole, inner: string) => evaluate(`$${inner}`, request) ?? '');
}

/** The whole path as the client sent it: the stage's name begins it, unless that is `$default`. */
export function pathWithStage({ stage, path }: Pick<HttpApiRequest, 'stage' | 'path'>): string {
  return stage.name === '$default' ? path : `/${stage.name}${path}`;
}

/** The method or route as policies name it. */
export function routeArn({ cell, api, stage, route, httpMethod }: HttpApiRequest): string {
  const path = route.RouteKey === '$default' ? '/$default' : `/${httpMethod}${route.RouteKey?.split(' ')[1]}`;
  return `arn:aws:execute-api:${cell.region}:${cell.account}:${api.id}/${stage.name}${path}`;
}

function contextValue(name: string, request: HttpApiRequest): string | undefined {
  if (name.startsWith('authorizer.')) {
    const steps = name.replace(/^authorizer\.(lambda\.)?/, '').split('.');
    let value: unknown = request.authorizer;
    for (const step of steps) value = (value as Record<string, unknown> | undefined)?.[step];
    return value === undefined ? undefined : String(value);
  }
  return {
    accountId: request.cell.account,
    apiId: request.api.id,
    domainName: valuesOf(request.headers, 'host')[0],
    httpMethod: request.httpMethod,
    'identity.sourceIp': request.sourceIp,
    path: pathWithStage(request),
    requestId: request.requestId,
    routeKey: request.route.RouteKey,
    stage: request.stage.name,
  }[name];
}

function joined(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}
