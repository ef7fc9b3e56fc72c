import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueueClient } from '../aws/queue.ts';
import { type LocalAws, startLocalAws } from '../aws/testing/local-aws.ts';

let aws: LocalAws;
let handler: typeof import('./dispatch.ts').handler;

beforeEach(async () => {
  aws = await startLocalAws();
  const client = createQueueClient();
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'ticks' }));
  client.destroy();
  vi.stubEnv('ALBRIDGE_QUEUE_URL', QueueUrl);
  vi.stubEnv('ALBRIDGE_EVERY', '20s');
  ({ handler } = await import('./dispatch.ts'));
});

afterEach(async () => {
  vi.resetModules();
  await aws.close();
});

describe('the dispatch function', () => {
  it('sends the ticks of a minute when its schedule says so', async () => {
    expect(await handler({ source: 'aws.events', 'detail-type': 'Scheduled Event' })).toEqual({ sent: 3 });
    const messages = aws.world.queues.all.get('ticks')?.messages ?? [];
    expect(messages.map(({ visibleAt, sentAt }) => visibleAt - sentAt)).toEqual([0, 20_000, 40_000]);
  });

  it('fails without a queue', async () => {
    vi.stubEnv('ALBRIDGE_QUEUE_URL', '');
    await expect(handler({})).rejects.toMatchObject({ name: 'AlbridgeError', code: 'invalid-config' });
  });
});
