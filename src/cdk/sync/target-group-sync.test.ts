import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { ApiGatewayAlbBridgeProps } from '../bridge/api-gateway-alb-bridge-props.ts';
import { bridgeStack, type Resource, resourcesOf } from '../testing/bridge-stack.ts';

const targeting = (part: string) =>
  Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp(part), 'Arn'] } });
const toSync = targeting('^Albridge\\w*SyncFunction');
const toDispatch = targeting('^Albridge\\w*SyncDispatchFunction');

const templateOf = (props: Partial<ApiGatewayAlbBridgeProps>) => Template.fromStack(bridgeStack(props).stack);

const rulesOf = (props: Partial<ApiGatewayAlbBridgeProps>): Resource[] =>
  resourcesOf(bridgeStack(props).stack).filter(({ Type }) => Type === 'AWS::Events::Rule');

describe('by default, and from a minute up', () => {
  test('has a schedule, and nothing else that starts passes', () => {
    const template = templateOf({});
    template.resourceCountIs('AWS::Events::Rule', 1);
    template.resourceCountIs('AWS::SQS::Queue', 0);
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 0);
  });

  test.each([
    { every: Duration.minutes(1), want: 'rate(1 minute)' },
    { every: Duration.seconds(120), want: 'rate(2 minutes)' },
    { every: Duration.hours(1), want: 'rate(1 hour)' },
  ])('follows the schedule $want', ({ every, want }) => {
    const rules = rulesOf({ every });
    expect(rules.map(({ Properties }) => Properties.ScheduleExpression)).toEqual([want]);
  });

  test.each([Duration.seconds(1), Duration.seconds(45), Duration.seconds(90), Duration.days(2)])(
    'refuses a period that cannot be kept (FM18)',
    (every) => {
      expect(() => bridgeStack({ every })).toThrow(/^every is not valid: expected 5s, .* got \d+ seconds$/);
    },
  );

  test('refuses parts of a second', () => {
    expect(() => bridgeStack({ every: Duration.millis(7500) })).toThrow('got 7.5 seconds');
  });
});

describe('below a minute', () => {
  const template = templateOf({ every: Duration.seconds(10) });

  test('fills a queue each minute, which invokes the function', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [toDispatch],
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          ALBRIDGE_EVERY: '10s',
          ALBRIDGE_QUEUE_URL: { Ref: Match.stringLikeRegexp('DispatchQueue') },
        },
      },
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DispatchQueue'), 'Arn'] },
      FunctionName: { Ref: Match.stringLikeRegexp('^Albridge\\w*SyncFunction') },
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    template.resourceCountIs('AWS::Lambda::Permission', 1);
  });

  test('hides a message for longer than the function takes, and forgets it soon', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 300,
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 60,
    });
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 50 });
  });

  test('allows each function its side of the one queue, and nobody else anything (FM30)', () => {
    const queue = { 'Fn::GetAtt': [Match.stringLikeRegexp('DispatchQueue'), 'Arn'] };
    const allowing = (Action: unknown) => ({
      Policies: [
        {
          PolicyDocument: {
            Statement: Match.arrayWith([{ Action, Effect: 'Allow', Resource: queue }]),
          },
        },
      ],
    });
    template.hasResourceProperties('AWS::IAM::Role', allowing('sqs:SendMessage'));
    template.hasResourceProperties(
      'AWS::IAM::Role',
      allowing(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']),
    );
    template.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny' })] },
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe('with events', () => {
  const pattern = {
    detail: {
      eventName: ['CreateNetworkInterface', 'DeleteNetworkInterface'],
      eventSource: ['ec2.amazonaws.com'],
      sourceIPAddress: ['elasticloadbalancing.amazonaws.com'],
    },
    'detail-type': ['AWS API Call via CloudTrail'],
    source: ['aws.ec2'],
  };

  test('starts a pass at once, and has it looked at again (FM16)', () => {
    const template = templateOf({ events: true });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: pattern,
      Targets: [toSync, toDispatch],
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [toSync],
    });
    template.resourceCountIs('AWS::Lambda::Permission', 3);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { ALBRIDGE_EVERY: Match.absent(), ALBRIDGE_QUEUE_URL: Match.anyValue() } },
    });
  });

  test('leaves looking again to the ticks, where there are some', () => {
    const template = templateOf({ events: true, every: Duration.seconds(5) });
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: pattern, Targets: [toSync] });
  });
});

describe('metrics', () => {
  test.each([
    { every: Duration.seconds(10), period: 60 },
    { every: Duration.minutes(1), period: 60 },
    { every: Duration.minutes(5), period: 300 },
  ])('alarm after three periods of $period seconds without success (FM18)', ({ every, period }) => {
    const { bridge, stack } = bridgeStack({ every });
    bridge.sync.createStalledAlarm(stack, 'Stalled');
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Dimensions: [{ Name: 'Binding', Value: { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '.Bridge']] } }],
      EvaluationPeriods: 3,
      MetricName: 'Failed',
      Namespace: 'albridge',
      Period: period,
      Statistic: 'Minimum',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });
});
