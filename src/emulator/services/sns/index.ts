import type { SNS } from '@aws-sdk/client-sns';
import type { Operations, Service } from '../../core/service.ts';
import { publishing } from './publishing.ts';
import { subscriptionAttributes } from './subscription-attributes.ts';
import { subscriptions } from './subscriptions.ts';
import { tags } from './tags.ts';
import { topics } from './topics.ts';

export const sns: Service<Operations<SNS>> = {
  model: {
    signingName: 'sns',
    protocol: 'query',
    version: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    client: '@aws-sdk/client-sns',
  },
  operations: { ...topics, ...subscriptions, ...subscriptionAttributes, ...publishing, ...tags },
};
