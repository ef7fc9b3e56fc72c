import type { Message as MessageDescription } from '@aws-sdk/client-sqs';
import type { Message } from '../../world/queues/message.ts';
import { attributesDigest, bodyDigest } from './digest.ts';

export interface Asked {
  /** Names, or `All`. */
  system: readonly string[];
  /** Names, prefixes as `name.*`, or `All` or `.*`. */
  own: readonly string[];
}

/** A message as whoever receives it gets it: with the attributes that were asked for. */
export function describeMessage(message: Message, asked: Asked): MessageDescription {
  const all = Object.entries(systemAttributes(message));
  const system = all.filter(([name]) => asked.system.includes('All') || asked.system.includes(name));
  const own = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => asked.own.some((wanted) => covers(wanted, name))),
  );
  const digest = attributesDigest(own);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: bodyDigest(message.body),
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(digest !== undefined && { MessageAttributes: own, MD5OfMessageAttributes: digest }),
  };
}

export function systemAttributes(message: Message): Record<string, string> {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? ''),
  };
}

function covers(wanted: string, name: string): boolean {
  if (wanted === 'All' || wanted === '.*') return true;
  return wanted.endsWith('.*') ? name.startsWith(wanted.slice(0, -2)) : wanted === name;
}
