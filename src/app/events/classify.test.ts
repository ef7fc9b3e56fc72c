import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';
import { recheckMessage, tickMessage } from './message.ts';
import type { Trigger } from './trigger.ts';

const now = Date.UTC(2026, 0, 1);
const anything: Trigger = { kind: 'hint', hint: { about: 'anything' } };
const database: Trigger = { kind: 'hint', hint: { about: 'database' } };

/** What EventBridge puts around everything. */
const bridged = (source: string, detailType: string, detail: object = {}) => ({
  version: '0',
  id: '8d9b4c2e-5f0a-4a37-9a51-3c1d7f7f2a10',
  'detail-type': detailType,
  source,
  account: '111122223333',
  time: '2026-01-01T00:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail,
});

const scheduled = bridged('aws.events', 'Scheduled Event');

const trail = (eventName: string, requestParameters: object, other: object = {}) =>
  bridged('aws.ec2', 'AWS API Call via CloudTrail', {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForElasticLoadBalancing/ElasticLoadBalancing',
      accountId: '111122223333',
      invokedBy: 'elasticloadbalancing.amazonaws.com',
    },
    eventTime: '2026-01-01T00:00:00Z',
    eventSource: 'ec2.amazonaws.com',
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: 'elasticloadbalancing.amazonaws.com',
    requestParameters,
    eventType: 'AwsApiCall',
    managementEvent: true,
    ...other,
  });

const created = trail('CreateNetworkInterface', {
  subnetId: 'subnet-0123456789abcdef0',
  description: 'ELB app/web/50dc6c495c0c9188',
  groupSet: { items: [{ groupId: 'sg-0123456789abcdef0' }] },
});

const createdTrigger: Trigger = {
  kind: 'hint',
  hint: { about: 'interface', change: 'created', description: 'ELB app/web/50dc6c495c0c9188' },
};

const failover = bridged('aws.rds', 'RDS DB Cluster Event', {
  EventCategories: ['failover'],
  SourceType: 'CLUSTER',
  SourceArn: 'arn:aws:rds:eu-west-1:111122223333:cluster:orders',
  Date: '2026-01-01T00:00:00Z',
  SourceIdentifier: 'orders',
  Message: 'Completed failover to DB instance: orders-2',
  EventID: 'RDS-EVENT-0071',
});

const rdsNotification = {
  'Event Source': 'db-instance',
  'Event Time': '2026-01-01 00:00:00.000',
  'Identifier Link': 'https://console.aws.amazon.com/rds/home?region=eu-west-1#dbinstance:id=orders',
  'Source ID': 'orders',
  'Event ID': 'http://docs.amazonwebservices.com/AmazonRDS/latest/UserGuide/USER_Events.html#RDS-EVENT-0049',
  'Event Message': 'Multi-AZ instance failover completed',
};

const topic = (message: unknown) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: 'arn:aws:sns:eu-west-1:111122223333:moves:21be56ed',
      Sns: {
        Type: 'Notification',
        MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
        TopicArn: 'arn:aws:sns:eu-west-1:111122223333:moves',
        Subject: null,
        Message: typeof message === 'string' ? message : JSON.stringify(message),
      },
    },
  ],
});

const queue = (...bodies: unknown[]) => ({
  Records: bodies.map((body) => ({
    messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767225600000' },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:ticks',
    awsRegion: 'eu-west-1',
  })),
});

const wrapped = (message: unknown) => ({
  Type: 'Notification',
  MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
  TopicArn: 'arn:aws:sns:eu-west-1:111122223333:moves',
  Message: JSON.stringify(message),
});

const article = { targetPort: '80', albDescription: 'web', nlbTargetGroupArn: 'arn:aws:…' };
const tick = tickMessage(10, { now, life: 10_000 }).body;
const recheck = recheckMessage(15, { now, life: 60_000, hint: { about: 'database' } }).body;

const cases: { name: string; event: unknown; want: Trigger[] }[] = [
  { name: 'the schedule', event: scheduled, want: [{ kind: 'scheduled' }] },
  { name: "the article's event", event: article, want: [{ kind: 'article' }] },
  { name: "a part of the article's event", event: { targetPort: '80' }, want: [{ kind: 'article' }] },
  { name: 'a tick', event: queue(tick), want: [{ kind: 'tick', expires: now + 20_000 }] },
  {
    name: 'a re-check',
    event: queue(recheck),
    want: [{ kind: 'recheck', expires: now + 75_000, hint: { about: 'database' } }],
  },
  {
    name: 'a batch, record by record',
    event: queue(tick, scheduled, failover, 'text'),
    want: [{ kind: 'tick', expires: now + 20_000 }, { kind: 'scheduled' }, database, { kind: 'unknown' }],
  },
  { name: 'an interface that a load balancer made', event: created, want: [createdTrigger] },
  {
    name: 'an interface that a load balancer deleted, told by its id alone',
    event: trail('DeleteNetworkInterface', { networkInterfaceId: 'eni-0123456789abcdef0' }),
    want: [{ kind: 'hint', hint: { about: 'interface', change: 'deleted' } }],
  },
  {
    name: 'an interface of whoever else made it',
    event: trail('CreateNetworkInterface', {}, { sourceIPAddress: '192.0.2.1', userIdentity: {} }),
    want: [anything],
  },
  { name: 'a failover, from EventBridge', event: failover, want: [database] },
  {
    name: 'a failover of an instance',
    event: bridged('aws.rds', 'RDS DB Instance Event', { EventID: 'RDS-EVENT-0049' }),
    want: [database],
  },
  { name: 'a failover, from RDS by a topic', event: topic(rdsNotification), want: [database] },
  { name: 'a failover, from EventBridge by a topic', event: topic(failover), want: [database] },
  { name: 'an interface, by a topic', event: topic(created), want: [createdTrigger] },
  { name: 'by a topic and a queue', event: queue(wrapped(rdsNotification)), want: [database] },
  { name: 'by a topic in a topic', event: topic(wrapped(failover)), want: [database] },
  { name: 'any text by a topic', event: topic('scaled'), want: [anything] },
  { name: "the article's event by a topic (FM30)", event: topic(article), want: [anything] },
  { name: "the article's event by a queue (FM30)", event: queue(article), want: [{ kind: 'unknown' }] },
  { name: 'a tick by a topic (FM30)', event: topic(tick), want: [anything] },
  { name: 'any other event of EventBridge', event: bridged('app', 'Scaled'), want: [anything] },
  { name: 'a tick without a date', event: queue({ albridge: 'tick' }), want: [{ kind: 'unknown' }] },
  { name: 'an empty object', event: {}, want: [{ kind: 'unknown' }] },
  { name: 'no records', event: { Records: [] }, want: [{ kind: 'unknown' }] },
  { name: 'records that are none', event: { Records: [null, 1] }, want: Array(2).fill({ kind: 'unknown' }) },
  { name: 'nothing', event: undefined, want: [{ kind: 'unknown' }] },
];

describe('classify', () => {
  it.each(cases)('knows $name', ({ event, want }) => {
    expect(classify(event)).toEqual(want);
  });

  it('takes anything, and finds at least one trigger in it (FM30)', () => {
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom(...cases.map(({ event }) => JSON.stringify(event))),
    );
    const record = fc.record(
      {
        eventSource: fc.constantFrom('aws:sqs', 'aws:s3', 3),
        EventSource: fc.constantFrom('aws:sns', null),
        body,
        Sns: fc.oneof(fc.anything(), fc.record({ Message: body })),
      },
      { requiredKeys: [] },
    );
    const event = fc.oneof(fc.anything(), fc.record({ Records: fc.oneof(fc.array(record), fc.anything()) }));
    fc.assert(
      fc.property(event, (value) => classify(value).length > 0),
      { numRuns: 2000 },
    );
  });
});
