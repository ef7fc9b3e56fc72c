import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';

/** Gives tokens, and tells on request by which key it signs them, as OpenID Connect says (discovery, section 4). */
export interface TokenIssuer {
  /** Not listening yet. */
  server: Server;
  /** A token for the Authorization header. */
  token(claims: object): string;
}

export function tokenIssuer(): TokenIssuer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }];
  return {
    server: createServer((request, response) => {
      const root = `http://${request.headers.host}`;
      const isKeys = request.url === '/keys';
      response.end(JSON.stringify(isKeys ? { keys } : { issuer: root, jwks_uri: `${root}/keys` }));
    }),
    token: (claims) => bearer(claims, privateKey),
  };
}

function bearer(claims: object, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', kid: 'k1' })}.${part(claims)}`;
  return `Bearer ${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}
