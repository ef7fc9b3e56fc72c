import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancerNode } from '../../world/load-balancing/load-balancer.ts';
import { responseHead } from '../http/head.ts';
import type { HeaderPairs } from '../http/header-pairs.ts';
import type { HttpResponse } from '../http/http-response.ts';
import { type RedirectedFrom, redirectLocation } from './redirect.ts';

/** An answer that the load balancer gives itself. */
export interface OwnResponse {
  status: number;
  headers: HeaderPairs;
  body: string;
}

const REASONS = {
  400: 'Bad Request',
  408: 'Request Time-out',
  431: 'Request Header Fields Too Large',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
} as const;

/** The page that application load balancers answer errors with. */
export function errorPage(status: keyof typeof REASONS): OwnResponse {
  const title = `${status} ${REASONS[status]}`;
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '</body>',
    '</html>',
    '',
  ];
  return { status, headers: [['Content-Type', 'text/html']], body: lines.join('\r\n') };
}

/** What an action that needs no target answers. */
export function ownResponse(action: Action, from: RedirectedFrom): OwnResponse {
  if (action.Type === 'fixed-response' && action.FixedResponseConfig) {
    const { StatusCode, ContentType = 'text/plain', MessageBody = '' } = action.FixedResponseConfig;
    return {
      status: Number(StatusCode),
      headers: [['Content-Type', `${ContentType}; charset=utf-8`]],
      body: MessageBody,
    };
  }
  if (action.Type === 'redirect' && action.RedirectConfig) {
    const status = action.RedirectConfig.StatusCode === 'HTTP_301' ? 301 : 302;
    return { status, headers: [['Location', redirectLocation(action.RedirectConfig, from)]], body: '' };
  }
  return errorPage(501);
}

export function send(response: HttpResponse, own: OwnResponse, node: LoadBalancerNode): void {
  closeIfLeaving(response, node);
  response.begin(own.status, undefined, ownHeaders(own));
  response.end(Buffer.from(own.body));
}

/** The answer as it goes over a connection that is no longer HTTP's, and ends with it. */
export function asBytes(own: OwnResponse): string {
  return `${responseHead(own.status, '', [...ownHeaders(own), ['Connection', 'close']])}${own.body}`;
}

/** A node that leaves answers on, and asks each client to connect to another one afterwards. */
export function closeIfLeaving(response: HttpResponse, node: LoadBalancerNode): void {
  if (node.phase === 'leaving') response.isKept = false;
}

function ownHeaders(own: OwnResponse): HeaderPairs {
  return [['Server', 'awselb/2.0'], ...own.headers, ['Content-Length', String(Buffer.byteLength(own.body))]];
}
