/** What invokes the functions, as AWS sends it. */
const interfaceEvent = (eventName: string): object => ({
  version: '0',
  id: '0b6b1c1e-0000-4000-8000-000000000000',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.ec2',
  account: '123456789012',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  detail: {
    eventSource: 'ec2.amazonaws.com',
    eventName,
    sourceIPAddress: 'elasticloadbalancing.amazonaws.com',
    userIdentity: { invokedBy: 'elasticloadbalancing.amazonaws.com' },
    requestParameters: {
      description: 'ELB app/web/0123456789abcdef',
      networkInterfaceId: 'eni-0123456789abcdef0',
    },
  },
});

const scheduled = { version: '0', source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };
const database = {
  version: '0',
  source: 'aws.rds',
  'detail-type': 'RDS DB Instance Event',
  detail: { EventCategories: ['failover'], SourceIdentifier: 'orders' },
};
const rdsNotification = { 'Event Source': 'db-instance', 'Source ID': 'orders', 'Event Message': 'failover' };

const wrapped = (message: object): object => ({
  Type: 'Notification',
  TopicArn: 'arn:aws:sns:us-east-1:123456789012:databases',
  Message: JSON.stringify(message),
});

const topic = (...messages: object[]): object => ({
  Records: messages.map((message) => ({ EventSource: 'aws:sns', Sns: { Message: JSON.stringify(message) } })),
});

const queue = (...bodies: object[]): object => ({
  Records: bodies.map((body, index) => ({
    messageId: `m${index}`,
    receiptHandle: 'r',
    body: JSON.stringify(body),
    attributes: { SentTimestamp: '1767225600000' },
    eventSource: 'aws:sqs',
  })),
});

const expires = '2026-01-01T01:00:00.000Z';
const tick = { albridge: 'tick', expires };
const recheck = {
  albridge: 'recheck',
  expires,
  hint: { about: 'interface', change: 'created', description: 'edge' },
};

export const events: readonly object[] = [
  scheduled,
  interfaceEvent('CreateNetworkInterface'),
  interfaceEvent('DeleteNetworkInterface'),
  database,
  topic(rdsNotification),
  topic(database, wrapped(rdsNotification), interfaceEvent('CreateNetworkInterface')),
  queue(tick),
  queue(tick, recheck, wrapped(database), scheduled),
];
