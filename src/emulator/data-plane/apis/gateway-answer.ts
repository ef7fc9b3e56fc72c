import type { HeaderPairs } from '../header-pairs.ts';

/** What the API answers a request with. */
export interface GatewayAnswer {
  status: number;
  headers: HeaderPairs;
  body: Uint8Array;
}

/** An answer of API Gateway itself, worded as AWS words it. */
function gatewayError(status: number, message: string, errorType: string): GatewayAnswer {
  return {
    status,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', errorType],
    ],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

export const forbidden = (): GatewayAnswer => gatewayError(403, 'Forbidden', 'ForbiddenException');

export const unauthorized = (): GatewayAnswer => gatewayError(401, 'Unauthorized', 'UnauthorizedException');

/** What AWS says of a path or method that the API does not have, and of a request that lacks a signature. */
export const missingAuthenticationToken = (): GatewayAnswer =>
  gatewayError(403, 'Missing Authentication Token', 'MissingAuthenticationTokenException');

export const tooLong = (): GatewayAnswer =>
  gatewayError(413, 'Request Too Long', 'RequestEntityTooLargeException');

export const internalError = (): GatewayAnswer =>
  gatewayError(500, 'Internal server error', 'InternalServerErrorException');

export const networkError = (): GatewayAnswer =>
  gatewayError(504, 'Network error communicating with endpoint', 'InternalServerErrorException');

export const timedOut = (): GatewayAnswer =>
  gatewayError(504, 'Endpoint request timed out', 'InternalServerErrorException');

export const notImplemented = (what: string): GatewayAnswer =>
  gatewayError(501, `${what} is not implemented by this local AWS`, 'NotImplementedException');
