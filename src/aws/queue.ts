import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { chunks } from './chunks.ts';
import { timeouts } from './clients.ts';

export interface QueueMessage {
  body: string;
  /** Seconds until it can be received, at most 900. */
  delay: number;
}

/** SQS takes no more in one call. */
const batchSize = 10;

/** A client for queues, with the same time-outs as the others (FM19). */
export function createQueueClient(): SQSClient {
  return new SQSClient({ retryMode: 'adaptive', maxAttempts: 3, requestHandler: timeouts });
}

/**
 * Sends messages to a queue, in as few calls as SQS allows.
 *
 * @throws Error when SQS did not take all of them; those that it took stay
 */
export async function sendMessages(
  client: SQSClient,
  queueUrl: string,
  messages: readonly QueueMessage[],
): Promise<void> {
  for (const chunk of chunks(messages, batchSize)) {
    const entries = chunk.map(({ body, delay }, index) => ({
      Id: String(index),
      MessageBody: body,
      DelaySeconds: delay,
    }));
    const { Failed = [] } = await client.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
    );
    const [failed] = Failed;
    if (!failed) continue;
    throw new Error(
      `${Failed.length} of ${chunk.length} messages were not taken: ${failed.Code}: ${failed.Message}`,
    );
  }
}
