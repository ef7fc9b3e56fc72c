import { execute } from '../../../core/execute.ts';
import { sqs } from '../../../services/sqs/index.ts';
import { readTexts } from '../../properties.ts';
import type { ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { policyDocument } from '../iam/policy-document.ts';

const maxIdLength = 100;

/** `AWS::SQS::QueuePolicy` */
export const queuePolicy: ResourceProvider = {
  async create(properties, context) {
    await put(properties, policyDocument(properties, 'PolicyDocument'), context);
    const physicalId = context.physicalName(maxIdLength);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async update(physicalId, properties, previous, context) {
    const kept = readTexts(properties, 'Queues');
    const left = readTexts(previous, 'Queues').filter((url) => !kept.includes(url));
    await put({ Queues: left }, '', context);
    await put(properties, policyDocument(properties, 'PolicyDocument'), context);
    return { physicalId, attributes: { Id: physicalId } };
  },

  delete(_physicalId, properties, context) {
    return put(properties, '', context);
  },
};

async function put(properties: Properties, Policy: string, { call }: ResourceContext): Promise<void> {
  for (const QueueUrl of readTexts(properties, 'Queues')) {
    await execute(sqs, 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } }, call);
  }
}
