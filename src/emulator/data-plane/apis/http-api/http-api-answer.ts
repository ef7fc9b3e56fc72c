import type { HeaderPairs } from '../../http/header-pairs.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';

/** An answer of an HTTP API's own, worded as AWS words it. */
function own(status: number, message: string, headers: HeaderPairs = []): GatewayAnswer {
  return {
    status,
    headers: [['Content-Type', 'application/json'], ...headers],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

export const notFound = (): GatewayAnswer => own(404, 'Not Found');

export const unauthorized = (challenge?: string): GatewayAnswer =>
  own(401, 'Unauthorized', challenge === undefined ? [] : [['www-authenticate', challenge]]);

export const forbidden = (challenge?: string): GatewayAnswer =>
  own(403, 'Forbidden', challenge === undefined ? [] : [['www-authenticate', challenge]]);

export const tooLong = (): GatewayAnswer => own(413, 'Request Entity Too Large');

export const tooManyRequests = (): GatewayAnswer => own(429, 'Too Many Requests');

export const internalServerError = (): GatewayAnswer => own(500, 'Internal Server Error');

/** The endpoint cannot be reached, or has not answered in time. */
export const serviceUnavailable = (): GatewayAnswer => own(503, 'Service Unavailable');

export const notHere = (what: string): GatewayAnswer =>
  own(501, `${what} is not implemented by this local AWS`);
