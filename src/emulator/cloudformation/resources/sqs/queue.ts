import type { QueueAttributeName } from '@aws-sdk/client-sqs';
import { execute } from '../../../core/execute.ts';
import { sqs } from '../../../services/sqs/index.ts';
import { readText } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { tagMap } from '../tags.ts';

const maxNameLength = 80;

/** Properties that are attributes of the same name. */
const attributeNames: readonly QueueAttributeName[] = [
  'DelaySeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

/** `AWS::SQS::Queue` */
export const queue: ResourceProvider = {
  createOnly: ['QueueName', 'FifoQueue'],

  async create(properties, context) {
    const QueueName = readText(properties, 'QueueName') ?? context.physicalName(maxNameLength);
    const input = { QueueName, Attributes: attributes(properties), tags: tagMap(properties, context) };
    const { QueueUrl = '' } = await execute(sqs, 'CreateQueue', input, context.call);
    return provided(QueueUrl, context);
  },

  async update(QueueUrl, properties, _previous, context) {
    const Attributes = attributes(properties);
    if (Object.keys(Attributes).length > 0) {
      await execute(sqs, 'SetQueueAttributes', { QueueUrl, Attributes }, context.call);
    }
    return provided(QueueUrl, context);
  },

  async delete(QueueUrl, _properties, { call }) {
    await execute(sqs, 'DeleteQueue', { QueueUrl }, call);
  },
};

function attributes(properties: Properties): Partial<Record<QueueAttributeName, string>> {
  const unknown = Object.keys(properties).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ResourceFailure(`${unknown} of a queue is not supported by this local AWS`);
  const texts = attributeNames.map((name) => [name, readText(properties, name)]);
  const all = [
    ...texts,
    ['RedrivePolicy', json(properties.RedrivePolicy)],
    ['RedriveAllowPolicy', json(properties.RedriveAllowPolicy)],
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

const known: readonly string[] = [
  ...attributeNames,
  'QueueName',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'Tags',
];

function json(value: unknown): string | undefined {
  return isRecord(value) ? JSON.stringify(value) : undefined;
}

async function provided(QueueUrl: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const AttributeNames: QueueAttributeName[] = ['QueueArn'];
  const { Attributes } = await execute(sqs, 'GetQueueAttributes', { QueueUrl, AttributeNames }, call);
  const QueueName = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
  return { physicalId: QueueUrl, attributes: { Arn: Attributes?.QueueArn, QueueName, QueueUrl } };
}
