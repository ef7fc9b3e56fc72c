import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { distributionOf } from '../../world/metrics/distribution.ts';
import type { Publication, Subscription, Topic } from '../../world/topics/topics.ts';
import { invokeForService } from '../lambda/service-invocation.ts';
import { sendForService } from '../sqs/service-message.ts';
import { envelope, functionEvent } from './envelope.ts';

const principal = 'sns.amazonaws.com';

/**
 * Sends a message to each confirmed subscriber. What a subscriber does not permit goes to its dead-letter queue, or
 * nowhere: nobody but the topic's metrics is told, as at AWS.
 */
export function deliver(cell: Cell, topic: Topic, publication: Publication): void {
  count(cell, topic, 'NumberOfMessagesPublished');
  for (const subscription of topic.subscriptions.values()) {
    if (!subscription.confirmed) continue;
    const delivered = attempt(() => send(cell, subscription, publication));
    count(cell, topic, delivered ? 'NumberOfNotificationsDelivered' : 'NumberOfNotificationsFailed');
    if (!delivered) attempt(() => sendToDeadLetters(cell, subscription, publication));
  }
}

function send(cell: Cell, subscription: Subscription, publication: Publication): void {
  const { protocol, endpoint, topicArn } = subscription;
  if (protocol === 'lambda') {
    const payload = JSON.stringify(functionEvent(cell, subscription, publication));
    invokeForService(cell, { functionArn: endpoint, principal, sourceArn: topicArn, payload });
    return;
  }
  sendToQueue(cell, endpoint, subscription, publication);
}

function sendToDeadLetters(cell: Cell, subscription: Subscription, publication: Publication): void {
  const redrive = subscription.attributes.get('RedrivePolicy');
  if (redrive === undefined) return;
  const { deadLetterTargetArn } = JSON.parse(redrive) as { deadLetterTargetArn?: string };
  sendToQueue(cell, deadLetterTargetArn ?? '', subscription, publication);
}

function sendToQueue(
  cell: Cell,
  queueArn: string,
  subscription: Subscription,
  publication: Publication,
): void {
  const isRaw = subscription.attributes.get('RawMessageDelivery') === 'true';
  sendForService(cell, {
    queueArn,
    principal,
    sourceArn: subscription.topicArn,
    body: isRaw
      ? (publication.byProtocol?.sqs ?? publication.byProtocol?.default ?? publication.message)
      : JSON.stringify(envelope(cell, subscription, publication)),
    attributes: isRaw ? (publication.attributes as Record<string, MessageAttributeValue>) : {},
  });
}

/** Whether what was done has been permitted. */
function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}

function count({ clock, metrics }: Cell, { name: topicName }: Topic, name: string): void {
  metrics.put({
    namespace: 'AWS/SNS',
    name,
    dimensions: { TopicName: topicName },
    unit: 'Count',
    timestamp: clock.now(),
    values: distributionOf([1]),
  });
}
