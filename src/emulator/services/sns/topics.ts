import type { SNS, Tag } from '@aws-sdk/client-sns';
import type { Operations } from '../../core/service.ts';
import { readTags } from '../../core/tags.ts';
import type { Topic } from '../../world/topics/topics.ts';
import { findTopic, invalidParameter, topicArn } from './lookup.ts';
import { pageOf } from './pages.ts';
import { checkPolicy, defaultPolicy } from './topic-policy.ts';

/** Attributes that a topic may be given. Only the policy is acted by. */
const settable = [
  'DeliveryPolicy',
  'DisplayName',
  'KmsMasterKeyId',
  'Policy',
  'SignatureVersion',
  'TracingConfig',
];

/** Whether deliveries are logged, and how many of them: kept, as nothing is logged here. */
const feedback =
  /^(Application|Firehose|HTTP|Lambda|SQS)(SuccessFeedback(RoleArn|SampleRate)|FailureFeedbackRoleArn)$/;

/** How SNS tries again where a topic says nothing about it. */
const deliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

export const topics: Operations<SNS> = {
  /** Creating what is there already, with nothing that differs, gives its ARN. */
  CreateTopic({ Name = '', Attributes = {}, Tags = [] }, { cell }) {
    checkName(Name);
    const given = Object.entries(Attributes).filter(([, value]) => value !== '');
    for (const [name, value] of given) checkAttribute(name, value);
    const arn = topicArn(cell, Name);
    const current = cell.topics.all.get(arn);
    if (current) {
      checkSame(current, given, Tags);
      return { TopicArn: arn };
    }
    cell.topics.all.set(arn, {
      name: Name,
      arn,
      attributes: new Map([['DisplayName', ''], ['Policy', defaultPolicy(cell, arn)], ...given]),
      tags: readTags(Tags),
      subscriptions: new Map(),
      unsubscribed: 0,
    });
    return { TopicArn: arn };
  },

  /** Deleting what is deleted already succeeds. */
  DeleteTopic({ TopicArn = '' }, { cell }) {
    cell.topics.all.delete(TopicArn);
    return {};
  },

  ListTopics({ NextToken }, { cell }) {
    const { items, nextToken } = pageOf([...cell.topics.all.values()], NextToken);
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken: nextToken };
  },

  GetTopicAttributes({ TopicArn }, { cell }) {
    const topic = findTopic(cell, TopicArn);
    const confirmed = [...topic.subscriptions.values()].filter((held) => held.confirmed).length;
    return {
      Attributes: {
        TopicArn: topic.arn,
        Owner: cell.account,
        SubscriptionsConfirmed: String(confirmed),
        SubscriptionsPending: String(topic.subscriptions.size - confirmed),
        SubscriptionsDeleted: String(topic.unsubscribed),
        EffectiveDeliveryPolicy: topic.attributes.get('DeliveryPolicy') ?? deliveryPolicy,
        ...Object.fromEntries(topic.attributes),
      },
    };
  },

  SetTopicAttributes({ TopicArn, AttributeName = '', AttributeValue = '' }, { cell }) {
    const { arn, attributes } = findTopic(cell, TopicArn);
    if (AttributeValue !== '') {
      checkAttribute(AttributeName, AttributeValue);
      attributes.set(AttributeName, AttributeValue);
    } else if (AttributeName === 'Policy') {
      attributes.set('Policy', defaultPolicy(cell, arn));
    } else if (AttributeName === 'DisplayName') {
      attributes.set('DisplayName', '');
    } else {
      attributes.delete(AttributeName);
    }
    return {};
  },
};

function checkName(name: string): void {
  if (/^[A-Za-z0-9_-]{1,256}$/.test(name)) return;
  if (name.endsWith('.fifo')) {
    throw invalidParameter(
      `Topic Name: ${name} is a FIFO topic, which this local AWS does not have: use a standard one`,
    );
  }
  throw invalidParameter('Topic Name');
}

function checkAttribute(name: string, value: string): void {
  const isDefaultOfFifo = name === 'FifoTopic' && value === 'false';
  if (!settable.includes(name) && !feedback.test(name) && !isDefaultOfFifo) {
    throw invalidParameter('AttributeName');
  }
  if (name === 'Policy') checkPolicy(value);
}

function checkSame(topic: Topic, given: readonly [string, string][], tags: readonly Tag[]): void {
  if (given.some(([name, value]) => topic.attributes.get(name) !== value)) {
    throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  }
  if (tags.some(({ Key = '', Value }) => topic.tags.get(Key) !== Value)) {
    throw invalidParameter('Tags Reason: Topic already exists with different tags');
  }
}
