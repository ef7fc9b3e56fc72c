import type { SNS, SubscribeInput, Subscription as SubscriptionOutput } from '@aws-sdk/client-sns';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { Operations } from '../../core/service.ts';
import type { Subscription, Topic } from '../../world/topics/topics.ts';
import { findTopic, invalidParameter } from './lookup.ts';
import { pageOf } from './pages.ts';
import { checkSubscriptionAttribute } from './subscription-attributes.ts';

/** What an endpoint of a protocol looks like, and whether somebody has to agree to be sent messages. */
const protocols: Readonly<Record<string, { endpoint: RegExp; confirmed: boolean }>> = {
  email: { endpoint: /^[^@\s]+@[^@\s]+$/, confirmed: false },
  'email-json': { endpoint: /^[^@\s]+@[^@\s]+$/, confirmed: false },
  http: { endpoint: /^http:\/\//, confirmed: false },
  https: { endpoint: /^https:\/\//, confirmed: false },
  lambda: { endpoint: /^arn:aws:lambda:[^:]+:\d{12}:function:/, confirmed: true },
  sqs: { endpoint: /^arn:aws:sqs:[^:]+:\d{12}:[^:]+$/, confirmed: true },
};

export const subscriptions: Operations<SNS> = {
  /** Subscribing an endpoint again gives the subscription that it has. */
  Subscribe(input, { cell }) {
    const topic = findTopic(cell, input.TopicArn);
    const { Protocol: protocol = '', Endpoint: endpoint = '' } = input;
    const attributes = readAttributes(input);
    const subscription =
      [...topic.subscriptions.values()].find(
        (held) => held.protocol === protocol && held.endpoint === endpoint,
      ) ?? subscribe(cell, topic, { protocol, endpoint, attributes });
    const isShown = subscription.confirmed || input.ReturnSubscriptionArn === true;
    return { SubscriptionArn: isShown ? subscription.arn : 'pending confirmation' };
  },

  /** Unsubscribing what is not there succeeds. */
  Unsubscribe({ SubscriptionArn: arn = '' }, { cell }) {
    const subscription = cell.topics.subscription(arn);
    const topic = subscription && cell.topics.all.get(subscription.topicArn);
    if (!topic) return {};
    topic.subscriptions.delete(arn);
    topic.unsubscribed++;
    return {};
  },

  ListSubscriptions({ NextToken }, { cell }) {
    return listed([...cell.topics.all.values()], NextToken);
  },

  ListSubscriptionsByTopic({ TopicArn, NextToken }, { cell }) {
    return listed([findTopic(cell, TopicArn)], NextToken);
  },
};

function readAttributes({ Attributes = {} }: SubscribeInput): Map<string, string> {
  for (const [name, value] of Object.entries(Attributes)) checkSubscriptionAttribute(name, value);
  return new Map(Object.entries(Attributes).filter(([, value]) => value !== ''));
}

function subscribe(
  { account, random }: Cell,
  topic: Topic,
  { protocol, endpoint, attributes }: Pick<Subscription, 'protocol' | 'endpoint' | 'attributes'>,
): Subscription {
  const known = protocols[protocol];
  if (!known) {
    throw invalidParameter(
      `Protocol Reason: ${protocol} is not known to this local AWS, which delivers to sqs and lambda`,
    );
  }
  if (!known.endpoint.test(endpoint)) throw invalidParameter(`${protocol} endpoint ${endpoint}`);
  const subscription: Subscription = {
    arn: `${topic.arn}:${uuid(random)}`,
    topicArn: topic.arn,
    protocol,
    endpoint,
    owner: account,
    confirmed: known.confirmed,
    attributes,
  };
  topic.subscriptions.set(subscription.arn, subscription);
  return subscription;
}

function listed(topics: readonly Topic[], token: string | undefined) {
  const all = topics.flatMap(({ subscriptions }) => [...subscriptions.values()]);
  const { items, nextToken } = pageOf(all, token);
  return { Subscriptions: items.map(describe), NextToken: nextToken };
}

function describe({ arn, topicArn, protocol, endpoint, owner, confirmed }: Subscription): SubscriptionOutput {
  return {
    SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: owner,
  };
}
