import type { Lambda } from '@aws-sdk/client-lambda';
import type { Operations, Service } from '../../core/service.ts';
import { aliases } from './aliases.ts';
import { concurrency } from './concurrency.ts';
import { eventInvokeConfigs } from './event-invoke-configs.ts';
import { eventSourceMappings } from './event-source-mappings.ts';
import { functionPolicies } from './function-policies.ts';
import { functions } from './functions.ts';
import { invocations } from './invoke.ts';
import { permissions } from './permissions.ts';
import { tags } from './tags.ts';
import { updates } from './updates.ts';
import { versions } from './versions.ts';

export const lambda: Service<Operations<Lambda>> = {
  model: {
    signingName: 'lambda',
    protocol: 'rest-json',
    version: '2015-03-31',
    client: '@aws-sdk/client-lambda',
  },
  operations: {
    ...functions,
    ...updates,
    ...versions,
    ...aliases,
    ...permissions,
    ...concurrency,
    ...eventInvokeConfigs,
    ...eventSourceMappings,
    ...invocations,
    ...functionPolicies,
    ...tags,
  },
};
