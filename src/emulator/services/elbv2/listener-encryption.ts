import type { Certificate, Listener as Description } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Listener } from '../../world/load-balancing/listener.ts';
import { defaultSslPolicy } from '../../world/load-balancing/ssl-policy.ts';
import { findSslPolicy } from './ssl-policies.ts';

/** The members of `CreateListener` and `ModifyListener` that say how clients are met. */
export interface EncryptionInput {
  Certificates?: readonly Certificate[] | undefined;
  SslPolicy?: string | undefined;
  AlpnPolicy?: readonly string[] | undefined;
}

export type Encryption = Pick<Listener, 'certificateArns' | 'sslPolicy' | 'alpnPolicy'>;

const inTheClear: Encryption = { certificateArns: [], sslPolicy: undefined, alpnPolicy: undefined };
const alpnPolicies = ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'];

/**
 * What a listener of the protocol has, over what it had while its protocol was encrypted too.
 *
 * @throws AwsError `ValidationError`, `SSLPolicyNotFound`, `TooManyCertificates`, `ALPNPolicyNotSupported`
 */
export function readEncryption(
  protocol: string,
  input: EncryptionInput,
  current: Encryption = inTheClear,
): Encryption {
  if (protocol !== 'HTTPS' && protocol !== 'TLS') return refuseEncryption(protocol, input);
  const [given, ...more] = input.Certificates ?? [];
  if (more.length > 0)
    throw new AwsError('TooManyCertificates', 'Up to 1 certificate can be specified for a listener');
  const certificateArns = given
    ? [checkCertificateArn(given.CertificateArn), ...current.certificateArns.slice(1)]
    : current.certificateArns;
  if (certificateArns.length === 0) {
    throw new AwsError('ValidationError', `A certificate must be specified for ${protocol} listeners`);
  }
  const sslPolicy = findSslPolicy(input.SslPolicy ?? current.sslPolicy ?? defaultSslPolicy).name;
  return { certificateArns, sslPolicy, alpnPolicy: readAlpnPolicy(protocol, input) ?? current.alpnPolicy };
}

/** Of its certificates a listener tells the default one. */
export function describeEncryption({
  certificateArns,
  sslPolicy,
  alpnPolicy,
}: Encryption): Partial<Description> {
  const [CertificateArn] = certificateArns;
  return {
    ...(CertificateArn !== undefined && { Certificates: [{ CertificateArn }], SslPolicy: sslPolicy }),
    ...(alpnPolicy !== undefined && { AlpnPolicy: [alpnPolicy] }),
  };
}

/** @throws AwsError `ValidationError` for what is no certificate of ACM or IAM */
export function checkCertificateArn(arn = ''): string {
  if (/^arn:aws[a-z-]*:(acm:[^:]+:\d{12}:certificate\/.+|iam::\d{12}:server-certificate\/.+)$/.test(arn))
    return arn;
  throw new AwsError('ValidationError', `Certificate ARN '${arn}' is not valid`);
}

function refuseEncryption(protocol: string, input: EncryptionInput): Encryption {
  const given: readonly (readonly [noun: string, isGiven: boolean])[] = [
    ['A certificate', (input.Certificates?.length ?? 0) > 0],
    ['An SSL policy', input.SslPolicy !== undefined],
    ['An ALPN policy', (input.AlpnPolicy?.length ?? 0) > 0],
  ];
  const [refused] = given.find(([, isGiven]) => isGiven) ?? [];
  // The misspelling is AWS's.
  if (refused)
    throw new AwsError('ValidationError', `${refused} cannot be specifed for ${protocol} listeners`);
  return inTheClear;
}

function readAlpnPolicy(
  protocol: string,
  { AlpnPolicy: [policy, ...more] = [] }: EncryptionInput,
): string | undefined {
  if (policy === undefined) return undefined;
  if (protocol !== 'TLS')
    throw new AwsError(
      'ALPNPolicyNotSupported',
      `An ALPN policy cannot be specified for ${protocol} listeners`,
    );
  if (more.length > 0 || !alpnPolicies.includes(policy)) {
    throw new AwsError(
      'ValidationError',
      `ALPN policy '${[policy, ...more]}' must be one of '${alpnPolicies.join(', ')}'`,
    );
  }
  return policy;
}
