import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { Operations, Service } from '../../core/service.ts';
import { activities } from './activities.ts';
import { capacity } from './capacity.ts';
import { groups } from './groups.ts';
import { instances } from './instances.ts';
import { launchConfigurations } from './launch-configurations.ts';
import { lifecycle } from './lifecycle.ts';
import { policies } from './policies.ts';
import { processes } from './processes.ts';
import { tags } from './tags.ts';
import { targetGroups } from './target-groups.ts';
import { trafficSources } from './traffic-sources.ts';

export const autoScaling: Service<Operations<AutoScaling>> = {
  model: {
    signingName: 'autoscaling',
    protocol: 'query',
    version: '2011-01-01',
    xmlNamespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
    client: '@aws-sdk/client-auto-scaling',
  },
  operations: {
    ...groups,
    ...instances,
    ...capacity,
    ...targetGroups,
    ...trafficSources,
    ...activities,
    ...processes,
    ...policies,
    ...launchConfigurations,
    ...lifecycle,
    ...tags,
  },
};
