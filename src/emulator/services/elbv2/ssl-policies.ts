import type {
  SslPolicy as Description,
  ElasticLoadBalancingV2,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { sslPolicies as known, type SslPolicy } from '../../world/load-balancing/ssl-policy.ts';

const protocols = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

export const sslPolicies: Operations<ElasticLoadBalancingV2> = {
  DescribeSSLPolicies({ Names }) {
    const asked = Names?.length ? Names.map(findSslPolicy) : [...known.values()];
    return { SslPolicies: asked.map(describe) };
  },
};

/** @throws AwsError `SSLPolicyNotFound` */
export function findSslPolicy(name: string): SslPolicy {
  const found = known.get(name);
  if (!found) throw new AwsError('SSLPolicyNotFound', `SSL policy '${name}' not found`);
  return found;
}

/** Without its ciphers: none are told apart here. */
function describe({ name, least, most }: SslPolicy): Description {
  const SslProtocols = protocols.slice(protocols.indexOf(least), protocols.indexOf(most) + 1);
  return { Name: name, SslProtocols, Ciphers: [], SupportedLoadBalancerTypes: ['application', 'network'] };
}
