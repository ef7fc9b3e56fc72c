import type { JsonWebKey } from 'node:crypto';
import type { Authorizer } from '@aws-sdk/client-apigatewayv2';
import type { AuthorizerCache } from '../../../world/apis/authorizer-cache.ts';
import type { Authorized } from '../authorized.ts';
import { forbidden, notHere, unauthorized } from './http-api-answer.ts';
import { evaluate, type HttpApiRequest } from './http-api-request.ts';
import { fetchKeys, isLocalIssuer, isSignedBy, type JsonWebToken, parseToken } from './json-web-token.ts';

/** API Gateway keeps an issuer's keys for two hours. */
const KEYS_SECONDS = 7200;

/** Lets in whoever brings a token of the issuer for the audience, valid now, with one of the route's scopes. */
export async function authorizeByToken(
  request: HttpApiRequest,
  { IdentitySource = [], JwtConfiguration = {} }: Authorizer,
): Promise<Authorized> {
  const { Issuer = '', Audience = [] } = JwtConfiguration;
  const given = evaluate(IdentitySource[0] ?? '$request.header.Authorization', request);
  if (given === undefined) return { refusal: unauthorized('Bearer') };
  if (!isLocalIssuer(Issuer))
    return { refusal: notHere(`the issuer ${Issuer}, which is not on this machine,`) };
  const token = parseToken(given);
  const { authorizerCache, now } = { ...request.cell.apis, now: request.cell.clock.now() / 1000 };
  const problem = token
    ? await problemOf(token, { Issuer, Audience, now, cache: authorizerCache })
    : 'not a token';
  if (!token || problem !== undefined) {
    return { refusal: unauthorized(`Bearer scope="" error="invalid_token" error_description="${problem}"`) };
  }
  const scopes = scopesOf(token);
  const wanted = request.route.AuthorizationScopes ?? [];
  if (wanted.length > 0 && !wanted.some((scope) => scopes.includes(scope))) {
    return { refusal: forbidden(`Bearer scope="${wanted.join(' ')}" error="insufficient_scope"`) };
  }
  const claims = Object.fromEntries(
    Object.entries(token.claims).map(([name, value]) => [name, asText(value)]),
  );
  return { authorizer: { claims, scopes: scopes.length > 0 ? scopes : null } };
}

interface Expectation {
  Issuer: string;
  Audience: readonly string[];
  /** Seconds since the epoch, in the world's time. */
  now: number;
  cache: AuthorizerCache;
}

async function problemOf(token: JsonWebToken, expected: Expectation): Promise<string | undefined> {
  const { iss, aud, client_id: clientId, exp, nbf, iat } = token.claims;
  if (iss !== expected.Issuer) return 'the issuer does not match';
  const audiences = [aud ?? clientId ?? []].flat();
  if (!audiences.some((audience) => expected.Audience.includes(String(audience)))) {
    return 'the token does not have a valid audience';
  }
  if (Number(exp) <= expected.now) return 'the token has expired';
  if ([nbf, iat].some((time) => time !== undefined && Number(time) > expected.now))
    return 'the token is not valid yet';
  return (await isGenuine(token, expected)) ? undefined : 'signature verification failed';
}

/** Keys that were kept are fetched anew where none of them fits: issuers change them. */
async function isGenuine(token: JsonWebToken, { Issuer, cache }: Expectation): Promise<boolean> {
  const key = `keys ${Issuer}`;
  const kept = cache.get(key) as JsonWebKey[] | undefined;
  if (kept && isSignedBy(token, kept)) return true;
  const keys = await fetchKeys(Issuer).catch(() => []);
  cache.put(key, keys, KEYS_SECONDS);
  return isSignedBy(token, keys);
}

function scopesOf({ claims }: JsonWebToken): string[] {
  const held = claims.scope ?? claims.scp ?? '';
  return Array.isArray(held) ? held.map(String) : String(held).split(' ').filter(Boolean);
}

function asText(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(' ')}]` : String(value);
}
