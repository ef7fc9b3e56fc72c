import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operations, Service } from '../../core/service.ts';
import { capacity } from './capacity.ts';
import { listenerCertificates } from './listener-certificates.ts';
import { listeners } from './listeners.ts';
import { loadBalancers } from './load-balancers.ts';
import { rules } from './rules.ts';
import { sslPolicies } from './ssl-policies.ts';
import { tags } from './tags.ts';
import { targetGroups } from './target-groups.ts';
import { targets } from './targets.ts';

export const elbv2: Service<Operations<ElasticLoadBalancingV2>> = {
  model: {
    signingName: 'elasticloadbalancing',
    protocol: 'query',
    version: '2015-12-01',
    xmlNamespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    client: '@aws-sdk/client-elastic-load-balancing-v2',
  },
  operations: {
    ...loadBalancers,
    ...listeners,
    ...listenerCertificates,
    ...sslPolicies,
    ...rules,
    ...targetGroups,
    ...targets,
    ...tags,
    ...capacity,
  },
};
