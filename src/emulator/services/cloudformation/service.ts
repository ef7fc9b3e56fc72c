import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { ResourceProviders } from '../../cloudformation/resource-provider.ts';
import type { Operations, Service } from '../../core/service.ts';
import { changeSetOperations } from './change-sets.ts';
import { exports } from './exports.ts';
import { stackEvents } from './stack-events.ts';
import { stackResources } from './stack-resources.ts';
import { stackOperations } from './stacks.ts';
import { templates } from './templates.ts';

/** CloudFormation over the types of resources that it is given. */
export function cloudFormationService(providers: ResourceProviders): Service<Operations<CloudFormation>> {
  return {
    model: {
      signingName: 'cloudformation',
      protocol: 'query',
      version: '2010-05-15',
      xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
      client: '@aws-sdk/client-cloudformation',
    },
    operations: {
      ...stackOperations(providers),
      ...stackEvents,
      ...stackResources,
      ...templates,
      ...changeSetOperations(providers),
      ...exports,
    },
  };
}
