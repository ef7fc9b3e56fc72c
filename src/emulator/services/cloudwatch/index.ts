import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Operations, Service } from '../../core/service.ts';
import { alarmHistory } from './alarm-history.ts';
import { alarmStates } from './alarm-states.ts';
import { alarms } from './alarms.ts';
import { compositeAlarms } from './composite-alarms.ts';
import { dashboards } from './dashboards.ts';
import { describeAlarms } from './describe-alarms.ts';
import { metricData } from './get-metric-data.ts';
import { metricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import { metricAlarms } from './metric-alarms.ts';
import { putMetricData } from './put-metric-data.ts';
import { tags } from './tags.ts';

export const cloudWatch: Service<Operations<CloudWatch>> = {
  model: {
    signingName: 'monitoring',
    protocol: 'query',
    // SDK for JavaScript: JSON. boto3 and the AWS CLI: CBOR. Older clients, and Terraform's provider: Query.
    alsoSpeaks: ['json-1.0', 'rpc-v2-cbor'],
    version: '2010-08-01',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    client: '@aws-sdk/client-cloudwatch',
  },
  operations: {
    ...putMetricData,
    ...metricData,
    ...metricStatistics,
    ...listMetrics,
    ...metricAlarms,
    ...compositeAlarms,
    ...alarms,
    ...describeAlarms,
    ...alarmHistory,
    ...alarmStates,
    ...dashboards,
    ...tags,
  },
};
