import type { SNS } from '@aws-sdk/client-sns';
import type { Operations } from '../../core/service.ts';
import type { Subscription } from '../../world/topics/topics.ts';
import { findSubscription, invalidParameter } from './lookup.ts';

/** How SNS tries again where an endpoint of this machine's would be out of reach: kept, and never needed. */
const settable = ['DeliveryPolicy', 'RawMessageDelivery', 'RedrivePolicy'];

export const subscriptionAttributes: Operations<SNS> = {
  GetSubscriptionAttributes({ SubscriptionArn }, { cell }) {
    return { Attributes: describe(findSubscription(cell, SubscriptionArn)) };
  },

  SetSubscriptionAttributes({ SubscriptionArn, AttributeName = '', AttributeValue = '' }, { cell }) {
    const { attributes } = findSubscription(cell, SubscriptionArn);
    checkSubscriptionAttribute(AttributeName, AttributeValue);
    if (AttributeValue === '') attributes.delete(AttributeName);
    else attributes.set(AttributeName, AttributeValue);
    return {};
  },
};

/** @throws AwsError `InvalidParameter` */
export function checkSubscriptionAttribute(name: string, value: string): void {
  if (name.startsWith('FilterPolicy')) {
    if (value === '') return;
    throw invalidParameter(
      `${name} is not known to this local AWS, which delivers every message: leave it out`,
    );
  }
  if (!settable.includes(name)) throw invalidParameter('AttributeName');
  if (name === 'RawMessageDelivery' && !['true', 'false', ''].includes(value)) {
    throw invalidParameter(
      `Attributes Reason: RawMessageDelivery: Invalid value [${value}]. Must be true or false.`,
    );
  }
}

function describe(subscription: Subscription): Record<string, string> {
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    Owner: subscription.owner,
    ConfirmationWasAuthenticated: String(subscription.confirmed),
    PendingConfirmation: String(!subscription.confirmed),
    RawMessageDelivery: 'false',
    ...Object.fromEntries(subscription.attributes),
  };
}
