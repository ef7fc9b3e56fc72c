import { execute } from '../../../core/execute.ts';
import { sns } from '../../../services/sns/index.ts';
import { readRecords, readText, requireText } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { removedTagKeys, tagList } from '../tags.ts';

const maxNameLength = 256;

/** Properties that are attributes of the same name. */
const attributeNames = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];
const known = [...attributeNames, 'FifoTopic', 'Subscription', 'Tags', 'TopicName'];

/** `AWS::SNS::Topic` */
export const topic: ResourceProvider = {
  createOnly: ['FifoTopic', 'TopicName'],

  async create(properties, context) {
    const Name = readText(properties, 'TopicName') ?? context.physicalName(maxNameLength);
    const input = { Name, Attributes: attributes(properties), Tags: tagList(properties, context) };
    const { TopicArn = '' } = await execute(sns, 'CreateTopic', input, context.call);
    context.initiated(TopicArn);
    await changeSubscriptions(TopicArn, properties, {}, context);
    return provided(TopicArn);
  },

  async update(TopicArn, properties, previous, context) {
    const desired = attributes(properties);
    for (const AttributeName of Object.keys({ ...attributes(previous), ...desired })) {
      const AttributeValue = desired[AttributeName] ?? '';
      await execute(sns, 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue }, context.call);
    }
    await retag(TopicArn, properties, previous, context);
    await changeSubscriptions(TopicArn, properties, previous, context);
    return provided(TopicArn);
  },

  async delete(TopicArn, _properties, { call }) {
    await execute(sns, 'DeleteTopic', { TopicArn }, call);
  },
};

function attributes(properties: Properties): Record<string, string> {
  const unknown = Object.keys(properties).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ResourceFailure(`${unknown} of a topic is not supported by this local AWS`);
  if (readText(properties, 'FifoTopic') === 'true')
    throw new ResourceFailure('FIFO topics are not supported by this local AWS');
  return Object.fromEntries(
    attributeNames.flatMap((name) => {
      const value = readText(properties, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The subscriptions that are part of the topic; those that are resources of their own are not touched. */
async function changeSubscriptions(
  TopicArn: string,
  desired: Properties,
  previous: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const wanted = endpoints(desired);
  const left = endpoints(previous).filter(
    (old) => !wanted.some((one) => one.Protocol === old.Protocol && one.Endpoint === old.Endpoint),
  );
  const { Subscriptions = [] } = await execute(sns, 'ListSubscriptionsByTopic', { TopicArn }, call);
  for (const { SubscriptionArn, Protocol, Endpoint } of Subscriptions) {
    const isLeft = left.some((one) => one.Protocol === Protocol && one.Endpoint === Endpoint);
    if (isLeft) await execute(sns, 'Unsubscribe', { SubscriptionArn }, call);
  }
  for (const endpoint of wanted) await execute(sns, 'Subscribe', { TopicArn, ...endpoint }, call);
}

function endpoints(properties: Properties): { Protocol: string; Endpoint: string }[] {
  return readRecords(properties, 'Subscription').map((subscription) => ({
    Protocol: requireText(subscription, 'Protocol'),
    Endpoint: requireText(subscription, 'Endpoint'),
  }));
}

async function retag(
  ResourceArn: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const TagKeys = removedTagKeys(properties, previous, context);
  await execute(sns, 'UntagResource', { ResourceArn, TagKeys }, context.call);
  await execute(sns, 'TagResource', { ResourceArn, Tags: tagList(properties, context) }, context.call);
}

function provided(arn: string): ProvidedResource {
  return {
    physicalId: arn,
    attributes: { TopicArn: arn, TopicName: arn.slice(arn.lastIndexOf(':') + 1) },
  };
}
