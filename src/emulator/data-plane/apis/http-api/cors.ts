import type { Cors } from '@aws-sdk/client-apigatewayv2';
import { type HeaderPairs, valuesOf, without } from '../../http/header-pairs.ts';
import type { GatewayAnswer } from '../gateway-answer.ts';

/** The answer to a browser that asks before it sends; an API with a CORS configuration gives it itself. */
export function preflight(cors: Cors, headers: HeaderPairs): GatewayAnswer {
  const origin = allowedOrigin(cors, headers);
  const isAllowed = origin !== undefined && valuesOf(headers, 'access-control-request-method').length > 0;
  return {
    status: 204,
    headers: isAllowed ? [...common(cors, origin), ...preflightOnly(cors)] : [],
    body: Buffer.alloc(0),
  };
}

/** An answer with the API's own CORS headers in the place of the endpoint's. */
export function withCors(cors: Cors, headers: HeaderPairs, answer: GatewayAnswer): GatewayAnswer {
  const origin = allowedOrigin(cors, headers);
  const own = answer.headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
  const vary = origin === undefined ? own : without(own, 'vary');
  return { ...answer, headers: origin === undefined ? own : [...vary, ...common(cors, origin)] };
}

function allowedOrigin({ AllowOrigins = [] }: Cors, headers: HeaderPairs): string | undefined {
  const [origin] = valuesOf(headers, 'origin');
  if (origin === undefined) return undefined;
  if (AllowOrigins.includes('*')) return '*';
  const isAllowed = AllowOrigins.some(
    (allowed) =>
      allowed === origin || (/^https?:\/\/\*$/.test(allowed) && origin.startsWith(allowed.slice(0, -1))),
  );
  return isAllowed ? origin : undefined;
}

function common({ AllowCredentials, ExposeHeaders = [] }: Cors, origin: string): HeaderPairs {
  return [
    ['access-control-allow-origin', origin],
    ...(origin === '*' ? [] : [['vary', 'origin'] as const]),
    ...(AllowCredentials ? [['access-control-allow-credentials', 'true'] as const] : []),
    ...(ExposeHeaders.length > 0
      ? [['access-control-expose-headers', ExposeHeaders.join(',')] as const]
      : []),
  ];
}

function preflightOnly({ AllowHeaders = [], AllowMethods = [], MaxAge }: Cors): HeaderPairs {
  return [
    ...(AllowMethods.length > 0 ? [['access-control-allow-methods', AllowMethods.join(',')] as const] : []),
    ...(AllowHeaders.length > 0 ? [['access-control-allow-headers', AllowHeaders.join(',')] as const] : []),
    ...(MaxAge === undefined ? [] : [['access-control-max-age', String(MaxAge)] as const]),
  ];
}
