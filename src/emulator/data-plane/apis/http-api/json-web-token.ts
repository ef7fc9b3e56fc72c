import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { isLoopback } from '../../loopback/socket-address.ts';

export interface JsonWebToken {
  header: Readonly<Record<string, unknown>>;
  claims: Readonly<Record<string, unknown>>;
  signed: string;
  signature: Uint8Array;
}

/** Reads a token's parts; undefined where it is none. Nothing of it is to be believed yet. */
export function parseToken(text: string): JsonWebToken | undefined {
  const [header = '', claims = '', signature, ...more] = text.replace(/^bearer /i, '').split('.');
  if (signature === undefined || more.length > 0) return undefined;
  try {
    return {
      header: readJson(header),
      claims: readJson(claims),
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    return undefined;
  }
}

/** Whether one of an issuer's keys signed the token; of API Gateway's, only RSA with SHA-256 is known here. */
export function isSignedBy(token: JsonWebToken, keys: readonly JsonWebKey[]): boolean {
  const key = keys.find(({ kid }) => kid === token.header.kid);
  if (!key || token.header.alg !== 'RS256') return false;
  return verify(
    'sha256',
    Buffer.from(token.signed),
    createPublicKey({ key, format: 'jwk' }),
    token.signature,
  );
}

/**
 * The keys of an issuer, by its discovery document. Only issuers on this machine are asked, as nothing leaves it.
 *
 * @throws Error where the issuer does not answer as one
 */
export async function fetchKeys(issuer: string): Promise<JsonWebKey[]> {
  const configuration = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { keys } = await fetchJson(String(configuration.jwks_uri));
  return Array.isArray(keys) ? keys : [];
}

export function isLocalIssuer(issuer: string): boolean {
  return URL.canParse(issuer) && isLocal(new URL(issuer));
}

async function fetchJson(url: string): Promise<Readonly<Record<string, unknown>>> {
  if (!isLocal(new URL(url)))
    throw new Error(`issuer keys at ${url} are not on this machine: use a loopback address`);
  const answer = await fetch(url, { redirect: 'error' });
  return (await answer.json()) as Record<string, unknown>;
}

function isLocal({ hostname }: URL): boolean {
  return hostname === 'localhost' || isLoopback(hostname);
}

function readJson(part: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
  if (typeof value !== 'object' || value === null) throw new Error('a part of the token is not an object');
  return value as Record<string, unknown>;
}
