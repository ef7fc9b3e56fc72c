import { type HeaderPairs, replaced, without } from '../../http/header-pairs.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';
import { filledIn, type HttpApiRequest } from './http-api-request.ts';

/** The parts of a request to an endpoint that parameters may change. */
export interface Mappable {
  path: string;
  query: string;
  headers: HeaderPairs;
}

/** Changes a request as `{overwrite,append,remove}:{path,header.name,querystring.name}` say. */
export function mapRequest(request: HttpApiRequest, unmapped: Mappable): Mappable {
  let { path, query, headers } = unmapped;
  for (const [mapping, text] of Object.entries(request.integration.RequestParameters ?? {})) {
    const { action, place, name } = parse(mapping);
    const value = filledIn(text, request);
    if (place === 'path' && action === 'overwrite') path = value.startsWith('/') ? value : `/${value}`;
    if (place === 'header') headers = changeHeader(headers, action, name, value);
    if (place === 'querystring') query = changeQuery(query, action, name, value);
  }
  return { path, query, headers };
}

/** Changes an answer as the parameters for its status say: `overwrite:statuscode`, `append:header.name` … */
export function mapAnswer(request: HttpApiRequest, answer: GatewayAnswer): GatewayAnswer {
  let { status, headers } = answer;
  const mappings = request.integration.ResponseParameters?.[String(answer.status)] ?? {};
  for (const [mapping, text] of Object.entries(mappings)) {
    const { action, place, name } = parse(mapping);
    const value = filledIn(text, request);
    if (place === 'statuscode') status = Number(value);
    if (place === 'header') headers = changeHeader(headers, action, name, value);
  }
  return { ...answer, status, headers };
}

function parse(mapping: string): { action: string; place: string; name: string } {
  const [action = '', target = ''] = mapping.split(':');
  const [place = '', ...name] = target.split('.');
  return { action, place, name: name.join('.') };
}

function changeHeader(headers: HeaderPairs, action: string, name: string, value: string): HeaderPairs {
  if (action === 'remove') return without(headers, name);
  return action === 'append' ? [...headers, [name, value]] : replaced(headers, name, value);
}

function changeQuery(query: string, action: string, name: string, value: string): string {
  const parameters = new URLSearchParams(query);
  if (action !== 'append') parameters.delete(name);
  if (action !== 'remove') parameters.append(name, value);
  return parameters.toString();
}
