import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { certificate } from './certificate.ts';

/** Certificates of what terminates TLS here: an authority of this data plane's own signs them. */
export interface Certificates {
  /** Certificate of the authority, in PEM: who trusts it can verify all others. */
  readonly authority: string;
  /** For a server that is known by a name of the world, and by 127.0.0.1. */
  issue(name: string): Credentials;
}

/** Options of a server of `node:tls`, in PEM. */
export interface Credentials {
  key: string;
  cert: string;
}

const DAY = 86_400_000;
const AUTHORITY = 'Local AWS certificate authority';

/** Keys are made when the first certificate is asked for: most worlds never do. */
export function openCertificates(now: () => number): Certificates {
  let own: { key: KeyObject; pem: string } | undefined;
  let serial = 1;
  const issued = new Map<string, Credentials>();

  function authority(): { key: KeyObject; pem: string } {
    own ??= makeAuthority(now());
    return own;
  }

  function make(name: string): Credentials {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const cert = certificate({
      serial: ++serial,
      subject: name.slice(0, 64),
      keys: privateKey,
      issuer: { subject: AUTHORITY, key: authority().key },
      names: [name, 'localhost', '127.0.0.1'],
      isAuthority: false,
      ...validity(now()),
    });
    const pair = { key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert };
    issued.set(name, pair);
    return pair;
  }

  return {
    get authority() {
      return authority().pem;
    },
    issue: (name) => issued.get(name) ?? make(name),
  };
}

function makeAuthority(now: number): { key: KeyObject; pem: string } {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = certificate({
    serial: 1,
    subject: AUTHORITY,
    keys: key,
    issuer: { subject: AUTHORITY, key },
    names: [],
    isAuthority: true,
    ...validity(now),
  });
  return { key, pem };
}

/** From the day before, as clocks differ, for a year. */
function validity(now: number): { validFrom: number; validUntil: number } {
  return { validFrom: now - DAY, validUntil: now + 365 * DAY };
}
