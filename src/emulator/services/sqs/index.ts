import type { SQS } from '@aws-sdk/client-sqs';
import type { Operations, Service } from '../../core/service.ts';
import { attributes } from './attributes.ts';
import { batches } from './batches.ts';
import { messages } from './messages.ts';
import { queues } from './queues.ts';
import { tags } from './tags.ts';

export const sqs: Service<Operations<SQS>> = {
  model: {
    signingName: 'sqs',
    protocol: 'json-1.0',
    version: '2012-11-05',
    client: '@aws-sdk/client-sqs',
  },
  operations: { ...queues, ...attributes, ...messages, ...batches, ...tags },
};
