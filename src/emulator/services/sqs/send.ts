import type { SendMessageBatchRequestEntry, SendMessageResult } from '@aws-sdk/client-sqs';
import { required } from '../../core/required.ts';
import type { Call } from '../../core/service.ts';
import type { Queue } from '../../world/queues/queue.ts';
import { attributesDigest, bodyDigest } from './digest.ts';
import { invalidParameter } from './lookup.ts';

type Entry = Omit<SendMessageBatchRequestEntry, 'Id'>;

const longestDelay = 900;

/** @throws AwsError `InvalidParameterValue` */
export function send(queue: Queue, entry: Entry, { caller }: Call): SendMessageResult {
  const body = required(entry.MessageBody, 'messageBody');
  checkBody(queue, body);
  checkDelay(entry.DelaySeconds);
  if (entry.MessageDeduplicationId !== undefined) {
    throw invalidParameter(
      `Value ${entry.MessageDeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    );
  }
  const attributes = entry.MessageAttributes ?? {};
  const digest = attributesDigest(attributes);
  const { id } = queue.send({ body, attributes, senderId: caller, delay: entry.DelaySeconds });
  return {
    MessageId: id,
    MD5OfMessageBody: bodyDigest(body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
  };
}

function checkBody({ settings }: Queue, body: string): void {
  if (body === '') throw invalidParameter('The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(body) <= settings.maximumMessageSize) return;
  throw invalidParameter(
    `One or more parameters are invalid. Reason: Message must be shorter than ${settings.maximumMessageSize} bytes.`,
  );
}

function checkDelay(seconds = 0): void {
  if (seconds >= 0 && seconds <= longestDelay) return;
  throw invalidParameter(
    `Value ${seconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${longestDelay}.`,
  );
}
