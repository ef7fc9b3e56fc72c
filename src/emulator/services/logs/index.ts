import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Operations, Service } from '../../core/service.ts';
import { filtering } from './filter-log-events.ts';
import { logEvents } from './log-events.ts';
import { logGroups } from './log-groups.ts';
import { logStreams } from './log-streams.ts';
import { tags } from './tags.ts';

export const logs: Service<Operations<CloudWatchLogs>> = {
  model: {
    signingName: 'logs',
    protocol: 'json-1.1',
    version: '2014-03-28',
    client: '@aws-sdk/client-cloudwatch-logs',
  },
  operations: { ...logGroups, ...logStreams, ...logEvents, ...filtering, ...tags },
};
