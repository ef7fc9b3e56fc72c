import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import {
  bits,
  boolean,
  type Der,
  explicit,
  identifier,
  implicit,
  integer,
  octets,
  sequence,
  set,
  text,
  time,
} from './der.ts';

export interface CertificateOptions {
  serial: number;
  /** Common name of whom it is for. */
  subject: string;
  /** Whose keys are certified; a private key stands for its pair. */
  keys: KeyObject;
  /** Who certifies: a common name, and the private key of it. */
  issuer: { subject: string; key: KeyObject };
  /** DNS names and IPv4 addresses that it is valid for. */
  names: readonly string[];
  /** Whether it may certify others. */
  isAuthority: boolean;
  validFrom: number;
  validUntil: number;
}

const ECDSA_WITH_SHA256 = sequence(identifier('1.2.840.10045.4.3.2'));
const COMMON_NAME = identifier('2.5.4.3');
const SUBJECT_ALTERNATIVE_NAME = identifier('2.5.29.17');
const BASIC_CONSTRAINTS = identifier('2.5.29.19');

/** A version 3 certificate (RFC 5280), signed with the issuer's P-256 key, as PEM: node:crypto reads them and writes none. */
export function certificate(options: CertificateOptions): string {
  const { keys, issuer, serial } = options;
  const publicKey = keys.type === 'private' ? createPublicKey(keys) : keys;
  const body = sequence(
    explicit(0, integer(2)),
    integer(serial),
    ECDSA_WITH_SHA256,
    name(issuer.subject),
    sequence(time(options.validFrom), time(options.validUntil)),
    name(options.subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions(options))),
  );
  return pem(sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, issuer.key))));
}

function extensions({ isAuthority, names }: CertificateOptions): Der[] {
  const constraints = sequence(...(isAuthority ? [boolean(true)] : []));
  const all = [sequence(BASIC_CONSTRAINTS, boolean(true), octets(constraints))];
  if (names.length > 0)
    all.push(sequence(SUBJECT_ALTERNATIVE_NAME, octets(sequence(...names.map(generalName)))));
  return all;
}

function generalName(given: string): Der {
  const isAddress = /^\d+(\.\d+){3}$/.test(given);
  return isAddress ? implicit(7, Buffer.from(given.split('.').map(Number))) : implicit(2, Buffer.from(given));
}

function name(commonName: string): Der {
  return sequence(set(sequence(COMMON_NAME, text(commonName))));
}

function pem(der: Der): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
