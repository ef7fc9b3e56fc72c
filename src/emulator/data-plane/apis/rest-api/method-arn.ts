import type { ApiRequest } from '../api-request.ts';

/** The request's own method and path, as policies and authorizers name them. */
export function methodArn({ cell, api, stage, httpMethod, path }: ApiRequest): string {
  return `arn:aws:execute-api:${cell.region}:${cell.account}:${api.id}/${stage.name}/${httpMethod}${path}`;
}

/** The resource that serves it, its variables as `*`: what functions' policies name. */
export function sourceArn({ resource, ...request }: ApiRequest): string {
  return methodArn({ ...request, resource, path: resource.path.replace(/\{[^}]*\}/g, '*') });
}
