import type { GatewayResponseType } from '@aws-sdk/client-api-gateway';
import type { HeaderPairs } from '../http/header-pairs.ts';

/** What the API answers a request with. */
export interface GatewayAnswer {
  status: number;
  headers: HeaderPairs;
  body: Uint8Array;
  /** Of an answer of API Gateway's own: which one it is, and what it says. */
  gateway?: { type: GatewayResponseType; message: string };
}

/** An answer of a REST API's own, worded as AWS words it. */
function gatewayError(
  status: number,
  message: string,
  errorType: string,
  type: GatewayResponseType,
): GatewayAnswer {
  return {
    status,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', errorType],
    ],
    body: Buffer.from(JSON.stringify({ message })),
    gateway: { type, message },
  };
}

export const forbidden = (): GatewayAnswer =>
  gatewayError(403, 'Forbidden', 'ForbiddenException', 'INVALID_API_KEY');

export const unauthorized = (): GatewayAnswer =>
  gatewayError(401, 'Unauthorized', 'UnauthorizedException', 'UNAUTHORIZED');

/** What AWS says of a path or method that the API does not have, and of a request that lacks a signature. */
export const missingAuthenticationToken = (): GatewayAnswer =>
  gatewayError(
    403,
    'Missing Authentication Token',
    'MissingAuthenticationTokenException',
    'MISSING_AUTHENTICATION_TOKEN',
  );

/** What an authorizer's or the caller's policy does not allow. AWS spells this member with a capital letter. */
export function accessDenied(isExplicit: boolean): GatewayAnswer {
  const message = `User is not authorized to access this resource${isExplicit ? ' with an explicit deny' : ''}`;
  const answer = gatewayError(403, message, 'AccessDeniedException', 'ACCESS_DENIED');
  return { ...answer, body: Buffer.from(JSON.stringify({ Message: message })) };
}

export function authorizerFailed(): GatewayAnswer {
  const answer = gatewayError(500, '', 'AuthorizerConfigurationException', 'AUTHORIZER_CONFIGURATION_ERROR');
  return { ...answer, body: Buffer.from('{"message":null}') };
}

export const badRequestParameters = (names: readonly string[]): GatewayAnswer =>
  gatewayError(
    400,
    `Missing required request parameters: [${names.join(', ')}]`,
    'BadRequestException',
    'BAD_REQUEST_PARAMETERS',
  );

export const throttled = (): GatewayAnswer =>
  gatewayError(429, 'Too Many Requests', 'TooManyRequestsException', 'THROTTLED');

export const quotaExceeded = (): GatewayAnswer =>
  gatewayError(429, 'Limit Exceeded', 'LimitExceededException', 'QUOTA_EXCEEDED');

export const tooLong = (): GatewayAnswer =>
  gatewayError(413, 'Request Too Long', 'RequestEntityTooLargeException', 'REQUEST_TOO_LARGE');

export const internalError = (): GatewayAnswer =>
  gatewayError(500, 'Internal server error', 'InternalServerErrorException', 'API_CONFIGURATION_ERROR');

/** A function failed, or answered what is no answer. */
export const badGateway = (): GatewayAnswer =>
  gatewayError(502, 'Internal server error', 'InternalServerErrorException', 'INTEGRATION_FAILURE');

export const networkError = (): GatewayAnswer =>
  gatewayError(
    504,
    'Network error communicating with endpoint',
    'InternalServerErrorException',
    'INTEGRATION_FAILURE',
  );

export const timedOut = (): GatewayAnswer =>
  gatewayError(504, 'Endpoint request timed out', 'InternalServerErrorException', 'INTEGRATION_TIMEOUT');

export const notImplemented = (what: string): GatewayAnswer =>
  gatewayError(
    501,
    `${what} is not implemented by this local AWS`,
    'NotImplementedException',
    'API_CONFIGURATION_ERROR',
  );
