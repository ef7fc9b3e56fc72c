import type { ReceiveMessageRequest, SQS } from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import type { Message } from '../../world/queues/message.ts';
import type { Queue } from '../../world/queues/queue.ts';
import { describeMessage } from './describe-message.ts';
import { findQueue, invalidParameter } from './lookup.ts';
import { send } from './send.ts';

const mostMessages = 10;
const longestVisibility = 43_200;

export const messages: Operations<SQS> = {
  SendMessage(input, call) {
    return send(findQueue(input, call), input, call);
  },

  async ReceiveMessage(input, call) {
    const queue = findQueue(input, call);
    const most = input.MaxNumberOfMessages ?? 1;
    if (most < 1 || most > mostMessages) {
      throw invalidParameter(
        `Value ${most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and ${mostMessages}, if provided.`,
      );
    }
    const received = await receive(queue, { ...input, MaxNumberOfMessages: most }, call);
    if (received.length === 0) return {};
    const asked = {
      system: [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])],
      own: input.MessageAttributeNames ?? [],
    };
    return { Messages: received.map((message) => describeMessage(message, asked)) };
  },

  /** Deleting what is deleted already succeeds. */
  DeleteMessage(input, call) {
    const queue = findQueue(input, call);
    const message = queue.find(required(input.ReceiptHandle, 'receiptHandle'));
    if (message) queue.delete(message);
    return {};
  },

  ChangeMessageVisibility(input, call) {
    const queue = findQueue(input, call);
    changeVisibility(queue, input);
    return {};
  },
};

/** Waits, where it may, until there is a message. */
async function receive(queue: Queue, input: ReceiveMessageRequest, { cell }: Call): Promise<Message[]> {
  const { MaxNumberOfMessages: most = 1, VisibilityTimeout, WaitTimeSeconds } = input;
  const take = () => cell.queues.receive(queue, most, VisibilityTimeout);
  const seconds = WaitTimeSeconds ?? queue.settings.receiveWait;
  const at = cell.clock.now() + seconds * 1000;
  let received = take();
  while (received.length === 0 && cell.clock.now() < at) {
    await announced(queue, at - cell.clock.now(), cell.clock);
    received = take();
  }
  return received;
}

function announced(queue: Queue, milliseconds: number, clock: Call['cell']['clock']): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      timer.cancel();
      unsubscribe();
      resolve();
    };
    const timer = clock.after(milliseconds, done);
    const unsubscribe = queue.changes.subscribe(done);
  });
}

export function changeVisibility(
  queue: Queue,
  input: { ReceiptHandle?: string | undefined; VisibilityTimeout?: number | undefined },
): void {
  const handle = required(input.ReceiptHandle, 'receiptHandle');
  const seconds = required(input.VisibilityTimeout, 'visibilityTimeout');
  if (seconds < 0 || seconds > longestVisibility) {
    throw invalidParameter(
      `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and ${longestVisibility}.`,
    );
  }
  const message = queue.find(handle);
  if (!message) {
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  queue.hide(message, seconds);
}
