import type { SSM } from '@aws-sdk/client-ssm';
import type { Operations, Service } from '../../core/service.ts';
import { deletion } from './delete-parameters.ts';
import { listings } from './describe-parameters.ts';
import { reading } from './get-parameters.ts';
import { writing } from './put-parameter.ts';
import { tags } from './tags.ts';

export const ssm: Service<Operations<SSM>> = {
  model: {
    signingName: 'ssm',
    protocol: 'json-1.1',
    version: '2014-11-06',
    client: '@aws-sdk/client-ssm',
  },
  operations: { ...writing, ...reading, ...listings, ...deletion, ...tags },
};
