import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/** A message in a queue, until somebody deletes it or its time is up. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  /** ARN of who sent it. */
  readonly senderId: string;
  /** A delay counts from here, and so does retention. */
  readonly sentAt: number;
  /** From when on it can be received: after its delay, and again after each visibility time-out. */
  visibleAt: number;
  receives: number;
  firstReceivedAt: number | undefined;
  /** That of the last receive. */
  receiptHandle: string | undefined;
  /** Whether it is a second one of a message that was delivered already. */
  isCopy: boolean;
}

/** Received and not yet visible again, as opposed to delayed. */
export function isInFlight({ receives, visibleAt }: Message, now: number): boolean {
  return receives > 0 && visibleAt > now;
}
