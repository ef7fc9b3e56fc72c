import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../core/execute.ts';
import { type StackDriver, stackDriver } from '../testing/stack-driver.ts';
import { registeredProviders } from './registry.ts';

let driver: StackDriver;

beforeEach(() => {
  driver = stackDriver(registeredProviders);
});

const template = (changes: Record<string, object> = {}) => ({
  Resources: Object.fromEntries(
    Object.entries(resources).map(([id, { Type, Properties }]) => [
      id,
      { Type, Properties: { ...Properties, ...changes[id] } },
    ]),
  ),
  Outputs: {
    AlarmArn: { Value: { 'Fn::GetAtt': ['Alarm', 'Arn'] } },
    BothArn: { Value: { 'Fn::GetAtt': ['Both', 'Arn'] } },
    Dashboard: { Value: { Ref: 'Dashboard' } },
    TopicArn: { Value: { Ref: 'Topic' } },
    TopicName: { Value: { 'Fn::GetAtt': ['Topic', 'TopicName'] } },
  },
});

const resources: Record<string, { Type: string; Properties: object }> = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'Alarms' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox' } },
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'Topic' },
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      RawMessageDelivery: true,
    },
  },
  Policy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: { Ref: 'Topic' },
        },
      },
    },
  },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'albridge',
      MetricName: 'Failed',
      Dimensions: [{ Name: 'Binding', Value: 'one' }],
      Statistic: 'Minimum',
      Period: '60',
      EvaluationPeriods: 3,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'breaching',
      AlarmActions: [{ Ref: 'Topic' }],
      Tags: [{ Key: 'kept', Value: 'no' }],
    },
  },
  Both: {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmRule: { 'Fn::Join': ['', ['ALARM("', { Ref: 'Alarm' }, '")']] }, AlarmName: 'both' },
  },
  Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{"widgets":[]}' } },
};

async function change(changes: Record<string, object>): Promise<void> {
  const input = { StackName: 'app', TemplateBody: JSON.stringify(template(changes)) };
  await execute(driver.service, 'UpdateStack', input, driver.call);
  await driver.clock.advance(600_000);
  expect(driver.stack().status).toBe('UPDATE_COMPLETE');
}

const outputs = () =>
  Object.fromEntries(
    driver.stack().outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
const alarms = () => [...driver.cell.alarms.all.values()];
const topics = () => [...driver.cell.topics.all.values()];

describe('a stack with alarms, a dashboard and a topic', () => {
  beforeEach(async () => {
    await driver.create(template());
    await driver.clock.advance(60_000);
    expect(driver.stack().reason).toBeUndefined();
    expect(driver.stack().status).toBe('CREATE_COMPLETE');
  });

  it('has them as the template wants', () => {
    const [alarm, both] = alarms();
    expect(alarm).toMatchObject({
      name: expect.stringMatching(/^app-Alarm-/),
      actions: { ALARM: [outputs().TopicArn] },
      settings: { period: 60, metric: { dimensions: { Binding: 'one' } }, treatMissingData: 'breaching' },
    });
    expect(outputs()).toMatchObject({
      AlarmArn: alarm?.arn,
      BothArn: both?.arn,
      TopicName: expect.stringMatching(/^app-Topic-/),
    });
    expect(driver.cell.dashboards.get(outputs().Dashboard ?? '')?.body).toBe('{"widgets":[]}');
    const [topic] = topics();
    expect(topic?.attributes.get('Policy')).toContain('cloudwatch.amazonaws.com');
    expect([...(topic?.subscriptions.values() ?? [])]).toMatchObject([
      { protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:000000000000:inbox' },
    ]);
  });

  it('changes them in place', async () => {
    const before = outputs();
    await change({
      Topic: { DisplayName: 'Others', Tags: [{ Key: 'a', Value: '1' }] },
      Subscription: { RawMessageDelivery: false },
      Alarm: { Threshold: 2, Tags: [{ Key: 'new', Value: 'yes' }] },
      Both: { AlarmDescription: 'x' },
      Dashboard: { DashboardBody: '{"widgets":[{}]}' },
    });
    expect(outputs()).toEqual(before);
    expect(alarms()).toMatchObject([{ settings: { threshold: 2 } }, { description: 'x' }]);
    expect(alarms()[0]?.tags.get('new')).toBe('yes');
    expect(alarms()[0]?.tags.has('kept')).toBe(false);
    expect(topics()[0]?.attributes.get('DisplayName')).toBe('Others');
    expect(topics()[0]?.tags.get('a')).toBe('1');
    const [subscription] = topics()[0]?.subscriptions.values() ?? [];
    expect(subscription?.attributes.get('RawMessageDelivery')).toBe('false');
  });

  it('takes back what it changed where something is refused', async () => {
    const changes = { Alarm: { Threshold: 2 }, Both: { AlarmRule: 'ALARM(none)' } };
    await driver.update(template(changes));
    await driver.clock.advance(600_000);
    expect(driver.stack().status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(driver.events().join('\n')).toContain('AlarmRule names the alarm none, which does not exist');
    expect(alarms()).toMatchObject([{ settings: { threshold: 1 } }, { name: 'both' }]);
  });

  it('replaces what is called otherwise', async () => {
    const before = outputs();
    await change({ Topic: { TopicName: 'named' }, Dashboard: { DashboardName: 'named' } });
    expect(outputs()).toMatchObject({ TopicName: 'named', Dashboard: 'named' });
    expect(outputs().AlarmArn).toBe(before.AlarmArn);
    expect(topics().map(({ name }) => name)).toEqual(['named']);
    expect([...driver.cell.dashboards.keys()]).toEqual(['named']);
    expect(alarms()[0]?.actions.ALARM).toEqual([outputs().TopicArn]);
  });

  it('leaves nothing when it is deleted', async () => {
    await driver.remove();
    await driver.clock.advance(60_000);
    expect(driver.stack().status).toBe('DELETE_COMPLETE');
    expect([alarms(), topics(), [...driver.cell.dashboards]]).toEqual([[], [], []]);
  });
});
