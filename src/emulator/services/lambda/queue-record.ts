import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { Message } from '../../world/queues/message.ts';
import { systemAttributes } from '../sqs/describe-message.ts';
import { bodyDigest } from '../sqs/digest.ts';

/** A message as a function gets it. */
export function queueRecord(message: Message, eventSourceARN: string, awsRegion: string): object {
  const attributes = Object.entries(message.attributes);
  return {
    messageId: message.id,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(attributes.map(([name, value]) => [name, describe(value)])),
    md5OfBody: bodyDigest(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}

function describe({ StringValue, BinaryValue, DataType }: MessageAttributeValue): object {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
