import type { Target } from '@aws-sdk/client-eventbridge';
import { beforeEach, describe, expect, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { type RecordingRunner, recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { createTestFunction } from '../../testing/test-function.ts';
import { lambda } from '../lambda/index.ts';
import { events } from './index.ts';

const minute = 60_000;
const ruleArn = 'arn:aws:events:us-east-1:000000000000:rule/tick';
const Name = 'tick';
let clock: SteppedClock;
let runner: RecordingRunner;
let call: Call;
let functionArn: string;

beforeEach(async () => {
  clock = steppedClock();
  runner = recordingRunner();
  call = serverlessCall({ clock, runner });
  functionArn = await createTestFunction(call, '');
  await clock.advance(1000);
});

async function permit(SourceArn = ruleArn): Promise<void> {
  await execute(
    lambda,
    'AddPermission',
    {
      FunctionName: 'test',
      StatementId: 'events',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn,
    },
    call,
  );
}

async function schedule(target: Partial<Target> = {}): Promise<void> {
  await execute(events, 'PutRule', { Name, ScheduleExpression: 'rate(1 minute)' }, call);
  await execute(
    events,
    'PutTargets',
    { Rule: Name, Targets: [{ Id: 'one', Arn: functionArn, ...target }] },
    call,
  );
}

const payloads = () => runner.invocations.map(({ payload }) => JSON.parse(payload));

describe('a schedule', () => {
  test('fires within its first period, then once a period', async () => {
    await permit();
    await schedule();

    const fired = [];
    for (let passed = 0; passed < 5; passed++) {
      await clock.advance(minute);
      fired.push(runner.invocations.length);
    }

    expect(fired).toEqual([1, 2, 3, 4, 5]);
  });

  test('sends the scheduled event', async () => {
    await permit();
    await schedule();

    await clock.advance(minute);

    expect(payloads()).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: expect.stringMatching(/^2026-01-01T00:0[01]:\d\dZ$/),
        region: 'us-east-1',
        resources: [ruleArn],
        detail: {},
      },
    ]);
  });

  test('sends a constant where the target has one', async () => {
    await permit();
    await schedule({ Input: '{"targetPort":"80"}' });

    await clock.advance(minute);

    expect(payloads()).toEqual([{ targetPort: '80' }]);
  });

  test('stops while the rule is disabled', async () => {
    await permit();
    await schedule();
    await execute(events, 'DisableRule', { Name }, call);
    await clock.advance(10 * minute);
    const whileDisabled = runner.invocations.length;
    await execute(events, 'EnableRule', { Name }, call);
    await clock.advance(minute);

    expect([whileDisabled, runner.invocations.length]).toEqual([0, 1]);
  });

  test('stops with its rule', async () => {
    await permit();
    await schedule();
    await execute(events, 'RemoveTargets', { Rule: Name, Ids: ['one'] }, call);
    await execute(events, 'DeleteRule', { Name }, call);

    await clock.advance(10 * minute);

    expect(runner.invocations).toEqual([]);
  });

  test('changes with its rule, whose targets stay', async () => {
    await permit();
    await schedule();
    await execute(events, 'PutRule', { Name, ScheduleExpression: 'rate(5 minutes)' }, call);

    await clock.advance(10 * minute);

    expect(runner.invocations).toHaveLength(2);
  });

  const refusals = [
    {
      name: 'without a permission',
      permission: undefined,
      reason: /^events\.amazonaws\.com is not authorized/,
    },
    {
      name: 'with the permission of another rule',
      permission: `${ruleArn}-other`,
      reason: /is not authorized/,
    },
  ];
  test.each(refusals)('fails $name', async ({ permission, reason }) => {
    if (permission) await permit(permission);
    await schedule();

    await clock.advance(minute);

    expect(runner.invocations).toEqual([]);
    expect(call.cell.eventRules.failedInvocations).toEqual([
      {
        ruleName: Name,
        targetArn: functionArn,
        at: expect.any(Number),
        reason: expect.stringMatching(reason),
      },
    ]);
  });

  test('tries again while the function is not ready', async () => {
    await permit();
    await schedule();
    const { latest } = call.cell.functions.all.get('test') ?? expect.fail('no function');
    latest.state = 'Pending';
    await clock.advance(minute);
    const whilePending = runner.invocations.length;
    latest.state = 'Active';
    await clock.advance(minute);

    expect(whilePending).toBe(0);
    expect(runner.invocations.length).toBeGreaterThanOrEqual(2);
  });

  test('tries once where the target allows no retries', async () => {
    await permit();
    await schedule({ RetryPolicy: { MaximumRetryAttempts: 0 } });
    const { latest } = call.cell.functions.all.get('test') ?? expect.fail('no function');
    latest.state = 'Pending';

    await clock.advance(minute);

    expect(call.cell.eventRules.failedInvocations).toMatchObject([
      { reason: expect.stringContaining('Pending') },
    ]);
  });
});

describe('a rule', () => {
  test('is described and listed', async () => {
    await schedule();
    await execute(
      events,
      'PutRule',
      { Name: 'other', EventPattern: '{"source":["aws.ec2"]}', State: 'DISABLED' },
      call,
    );

    expect(await execute(events, 'DescribeRule', { Name }, call)).toEqual({
      Name,
      Arn: ruleArn,
      State: 'ENABLED',
      EventBusName: 'default',
      ScheduleExpression: 'rate(1 minute)',
      CreatedBy: '000000000000',
    });
    const { Rules } = await execute(events, 'ListRules', {}, call);
    expect(Rules?.map((rule) => [rule.Name, rule.State])).toEqual([
      ['other', 'DISABLED'],
      ['tick', 'ENABLED'],
    ]);
    expect(await execute(events, 'ListRuleNamesByTarget', { TargetArn: functionArn }, call)).toMatchObject({
      RuleNames: ['tick'],
    });
  });

  test('is not deleted before its targets', async () => {
    await schedule();

    await expect(execute(events, 'DeleteRule', { Name }, call)).rejects.toMatchObject({
      code: 'ValidationException',
      message: "Rule can't be deleted since it has targets.",
    });
  });

  const refused = [
    { name: 'neither schedule nor pattern', input: {}, code: 'ValidationException' },
    {
      name: 'a schedule of seconds',
      input: { ScheduleExpression: 'rate(10 seconds)' },
      code: 'ValidationException',
    },
    { name: 'a pattern of text', input: { EventPattern: 'x' }, code: 'InvalidEventPatternException' },
    {
      name: 'another event bus',
      input: { ScheduleExpression: 'rate(1 minute)', EventBusName: 'own' },
      code: 'ResourceNotFoundException',
    },
  ];
  test.each(refused)('is refused with $name', async ({ input, code }) => {
    await expect(execute(events, 'PutRule', { Name, ...input }, call)).rejects.toMatchObject({ code });
  });

  const targets: { name: string; target: Partial<Target> }[] = [
    { name: 'a queue', target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:queue' } },
    { name: 'an input path', target: { InputPath: '$.detail' } },
    {
      name: 'a dead-letter queue',
      target: { DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:dead' } },
    },
  ];
  test.each(targets)('refuses $name for a target', async ({ target }) => {
    await expect(schedule(target)).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test('takes five targets', async () => {
    await execute(events, 'PutRule', { Name, ScheduleExpression: 'rate(1 minute)' }, call);
    const Targets = ['1', '2', '3', '4', '5', '6'].map((Id) => ({ Id, Arn: functionArn }));

    await expect(execute(events, 'PutTargets', { Rule: Name, Targets }, call)).rejects.toMatchObject({
      code: 'LimitExceededException',
    });
  });
});

describe('PutEvents', () => {
  const entry = { Source: 'app', DetailType: 'Scaled', Detail: '{"nodes":3}' };

  test('reaches the targets of rules that match', async () => {
    await permit();
    await execute(
      events,
      'PutRule',
      { Name, EventPattern: '{"source":["app"],"detail":{"nodes":[3]}}' },
      call,
    );
    await execute(events, 'PutTargets', { Rule: Name, Targets: [{ Id: 'one', Arn: functionArn }] }, call);

    const other = { ...entry, Detail: '{"nodes":4}' };
    const answer = await execute(events, 'PutEvents', { Entries: [entry, other] }, call);
    await clock.advance(0);

    expect(answer.FailedEntryCount).toBe(0);
    expect(payloads()).toMatchObject([{ source: 'app', 'detail-type': 'Scaled', detail: { nodes: 3 } }]);
    expect(payloads()[0].id).toBe(answer.Entries?.[0]?.EventId);
  });

  test('tells which entries are not valid', async () => {
    const Entries = [entry, { ...entry, Source: '' }, { ...entry, Detail: '3' }];

    const answer = await execute(events, 'PutEvents', { Entries }, call);

    expect(answer.FailedEntryCount).toBe(2);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'InvalidArgument',
      'MalformedDetail',
    ]);
  });
});
