import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { parsePolicyDocument } from '../../world/identity/policy-document.ts';
import { letsService } from '../../world/identity/service-access.ts';
import type { Queue } from '../../world/queues/queue.ts';
import { queueDoesNotExist } from './lookup.ts';

interface ServiceMessage {
  queueArn: string;
  /** The service that sends: `sns.amazonaws.com`. */
  principal: string;
  /** What it sends for: a topic's ARN. */
  sourceArn: string;
  body: string;
  attributes: Readonly<Record<string, MessageAttributeValue>>;
}

/**
 * Sends a message for a service, which the queue's policy must permit.
 *
 * @throws AwsError `QueueDoesNotExist`, `AccessDenied`, or `MalformedPolicyDocument` where the policy is none
 */
export function sendForService(
  cell: Cell,
  { queueArn, body, attributes, principal, sourceArn }: ServiceMessage,
): void {
  const queue = cell.queues.byArn(queueArn);
  if (!queue) throw queueDoesNotExist();
  if (!permitsSending(cell, queue, { principal, sourceArn })) {
    throw new AwsError(
      'AccessDenied',
      `${principal} is not authorized to perform: sqs:SendMessage on resource: ${queueArn} because no resource-based policy allows the sqs:SendMessage action`,
      403,
    );
  }
  queue.send({ body, attributes, senderId: principal, delay: undefined });
}

function permitsSending(
  { account }: Cell,
  { arn, settings }: Queue,
  { principal, sourceArn }: Pick<ServiceMessage, 'principal' | 'sourceArn'>,
): boolean {
  const policy = settings.others.get('Policy');
  if (policy === undefined) return false;
  const access = { principal, sourceArn, sourceAccount: account, action: 'sqs:SendMessage', resource: arn };
  return letsService(parsePolicyDocument(policy, 'resource'), access);
}
