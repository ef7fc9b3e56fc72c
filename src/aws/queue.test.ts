import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQueueClient, sendMessages } from './queue.ts';
import { type LocalAws, startLocalAws } from './testing/local-aws.ts';

let aws: LocalAws;
let client: SQSClient;
let queueUrl: string;

beforeEach(async () => {
  aws = await startLocalAws();
  client = createQueueClient();
  const input = { QueueName: 'queue', Attributes: { MaximumMessageSize: '1024' } };
  queueUrl = (await client.send(new CreateQueueCommand(input))).QueueUrl ?? '';
});

afterEach(async () => {
  client.destroy();
  await aws.close();
});

const held = () => aws.world.queues.all.get('queue')?.messages.map(({ body }) => body);

describe('sendMessages', () => {
  it('sends more than one call takes, in order', async () => {
    const bodies = Array.from({ length: 23 }, (_, index) => `message ${index}`);
    await sendMessages(
      client,
      queueUrl,
      bodies.map((body) => ({ body, delay: 0 })),
    );
    expect(held()).toEqual(bodies);
  });

  it('fails where one of a call is not taken, though the others are (FM32)', async () => {
    const messages = ['short', 'x'.repeat(2000)].map((body) => ({ body, delay: 0 }));
    await expect(sendMessages(client, queueUrl, messages)).rejects.toThrow(
      /^1 of 2 messages were not taken: InvalidParameterValue: .*shorter than 1024 bytes/,
    );
    expect(held()).toEqual(['short']);
  });
});
