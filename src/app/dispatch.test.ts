import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQueueClient, sendMessages } from '../aws/queue.ts';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';
import { type DispatchSummary, dispatch } from './dispatch.ts';

const seconds = 1000;
let aws: LocalAws;
let client: SQSClient;
let queueUrl: string;

beforeEach(async () => {
  aws = await startLocalAws();
  client = createQueueClient();
  queueUrl = (await client.send(new CreateQueueCommand({ QueueName: 'ticks' }))).QueueUrl ?? '';
});

afterEach(async () => {
  client.destroy();
  await aws.close();
});

function invoke(event: unknown, environment: Record<string, string>): Promise<DispatchSummary> {
  return dispatch(event, {
    now: () => aws.clock.now(),
    send: (url, messages) => sendMessages(client, url, messages),
    environment,
  });
}

/** When each message in the queue can be received, and until when it is of use, in seconds from now. */
function queued(): { delay: number; expires: number; body: Record<string, unknown> }[] {
  const messages = aws.world.queues.all.get('ticks')?.messages ?? [];
  return messages.map(({ visibleAt, body: text }) => {
    const body = JSON.parse(text);
    const fromNow = (at: number) => (at - aws.clock.now()) / seconds;
    return { delay: fromNow(visibleAt), expires: fromNow(Date.parse(body.expires)), body };
  });
}

const created = (description: string) => ({
  source: 'aws.ec2',
  'detail-type': 'AWS API Call via CloudTrail',
  detail: {
    eventSource: 'ec2.amazonaws.com',
    eventName: 'CreateNetworkInterface',
    sourceIPAddress: 'elasticloadbalancing.amazonaws.com',
    requestParameters: { description },
  },
});

describe('dispatch', () => {
  it('sends the ticks of a minute, each of use until the next', async () => {
    expect(await invoke({}, { ALBRIDGE_QUEUE_URL: queueUrl, ALBRIDGE_EVERY: '5s' })).toEqual({ sent: 12 });
    expect(queued().map(({ delay, expires }) => [delay, expires])).toEqual(
      Array.from({ length: 12 }, (_, index) => [index * 5, index * 5 + 5]),
    );
    expect(queued().every(({ body }) => body.albridge === 'tick')).toBe(true);
  });

  it('sends re-checks for two minutes after an event (FM16)', async () => {
    await invoke(created('ELB app/web/1'), { ALBRIDGE_QUEUE_URL: queueUrl });
    expect(queued().map(({ delay, expires }) => [delay, expires])).toEqual([
      [15, 75],
      [30, 90],
      [60, 120],
      [120, 180],
    ]);
    const hint = { about: 'interface', change: 'created', description: 'ELB app/web/1' };
    expect(queued().map(({ body }) => body)).toMatchObject(Array(4).fill({ albridge: 'recheck', hint }));
  });

  it('has nothing to look at again where an interface was deleted', async () => {
    const event = created('');
    const detail = { ...event.detail, eventName: 'DeleteNetworkInterface' };
    expect(await invoke({ ...event, detail }, { ALBRIDGE_QUEUE_URL: queueUrl })).toEqual({ sent: 0 });
    expect(queued()).toEqual([]);
  });

  it.each([
    { name: 'no queue', environment: { ALBRIDGE_EVERY: '10s' }, want: 'ALBRIDGE_QUEUE_URL is not set' },
    { name: 'no period', environment: { ALBRIDGE_QUEUE_URL: 'x' }, want: 'ALBRIDGE_EVERY is not set' },
    {
      name: 'a period that does not fit (FM18)',
      environment: { ALBRIDGE_QUEUE_URL: 'x', ALBRIDGE_EVERY: '45s' },
      want: 'ALBRIDGE_EVERY is not valid',
    },
  ])('refuses $name', async ({ environment, want }) => {
    await expect(invoke({}, environment as Record<string, string>)).rejects.toMatchObject({
      code: 'invalid-config',
      message: expect.stringContaining(want),
    });
  });

  it('fails, and says why, where the queue does not take them (FM17)', async () => {
    const environment = { ALBRIDGE_QUEUE_URL: `${queueUrl}2`, ALBRIDGE_EVERY: '10s' };
    await expect(invoke({}, environment)).rejects.toMatchObject({
      code: 'dispatch-failed',
      message: expect.stringContaining('QueueDoesNotExist'),
    });
  });
});
