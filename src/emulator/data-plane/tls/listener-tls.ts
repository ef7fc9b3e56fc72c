import type { TlsOptions } from 'node:tls';
import { defaultSslPolicy, sslPolicies } from '../../world/load-balancing/ssl-policy.ts';
import type { NodeListener } from '../load-balancers/node-listener.ts';

/** What listeners of an NLB negotiate, the most wanted first; without a policy nothing is. */
const alpnProtocols: Readonly<Record<string, readonly string[]>> = {
  HTTP1Only: ['http/1.1', 'http/1.0'],
  HTTP2Only: ['h2'],
  HTTP2Optional: ['http/1.1', 'http/1.0', 'h2'],
  HTTP2Preferred: ['h2', 'http/1.1', 'http/1.0'],
};

/** How a node terminates TLS: as its load balancer's DNS name, in the versions of the listener's policy. */
export function listenerTls({ balancer, listener, certificates }: NodeListener): TlsOptions {
  const policy = sslPolicies.get(listener.sslPolicy ?? defaultSslPolicy);
  const offered = balancer.type === 'application' ? ['http/1.1'] : alpnProtocols[listener.alpnPolicy ?? ''];
  return {
    ...certificates.issue(balancer.dnsName),
    ...(policy && { minVersion: policy.least, maxVersion: policy.most }),
    ...(offered && { ALPNProtocols: [...offered] }),
  };
}

/** Whether the listener's clients speak TLS to it. */
export function isEncrypted(listener: { protocol: string }): boolean {
  return listener.protocol === 'TLS' || listener.protocol === 'HTTPS';
}
