import { type DispatchSummary, dispatch } from '../app/dispatch.ts';
import { createQueueClient, sendMessages } from '../aws/queue.ts';

const client = createQueueClient();

/**
 * Sends the messages that start the passes of the coming minute, every `ALBRIDGE_EVERY`, to `ALBRIDGE_QUEUE_URL`; after
 * an event about what may have moved, those that look at it again.
 */
export function handler(event: unknown): Promise<DispatchSummary> {
  return dispatch(event, {
    now: Date.now,
    send: (queueUrl, messages) => sendMessages(client, queueUrl, messages),
    environment: process.env,
  });
}
