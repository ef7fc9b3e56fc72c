import { execute } from '../../../core/execute.ts';
import { sns } from '../../../services/sns/index.ts';
import { readTexts } from '../../properties.ts';
import type { ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { policyDocument } from '../iam/policy-document.ts';

const maxIdLength = 100;

/** `AWS::SNS::TopicPolicy`; without it, a topic has SNS's own. */
export const topicPolicy: ResourceProvider = {
  async create(properties, context) {
    await put(properties, policyDocument(properties, 'PolicyDocument'), context);
    const physicalId = context.physicalName(maxIdLength);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async update(physicalId, properties, previous, context) {
    const kept = readTexts(properties, 'Topics');
    const left = readTexts(previous, 'Topics').filter((arn) => !kept.includes(arn));
    await put({ Topics: left }, '', context);
    await put(properties, policyDocument(properties, 'PolicyDocument'), context);
    return { physicalId, attributes: { Id: physicalId } };
  },

  delete(_physicalId, properties, context) {
    return put(properties, '', context);
  },
};

async function put(properties: Properties, AttributeValue: string, { call }: ResourceContext): Promise<void> {
  for (const TopicArn of readTexts(properties, 'Topics')) {
    const input = { TopicArn, AttributeName: 'Policy', AttributeValue };
    await execute(sns, 'SetTopicAttributes', input, call);
  }
}
