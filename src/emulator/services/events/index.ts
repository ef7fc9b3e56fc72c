import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { Operations, Service } from '../../core/service.ts';
import { putEvents } from './put-events.ts';
import { rules } from './rules.ts';
import { tags } from './tags.ts';
import { targets } from './targets.ts';

export const events: Service<Operations<EventBridge>> = {
  model: {
    signingName: 'events',
    protocol: 'json-1.1',
    version: '2015-10-07',
    client: '@aws-sdk/client-eventbridge',
  },
  operations: { ...rules, ...targets, ...putEvents, ...tags },
};
