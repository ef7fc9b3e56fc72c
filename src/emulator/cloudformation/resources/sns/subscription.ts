import { execute } from '../../../core/execute.ts';
import { sns } from '../../../services/sns/index.ts';
import { readText, requireText } from '../../properties.ts';
import { ResourceFailure, type ResourceProvider } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';

const known = [
  'DeliveryPolicy',
  'Endpoint',
  'FilterPolicy',
  'FilterPolicyScope',
  'Protocol',
  'RawMessageDelivery',
  'RedrivePolicy',
  'Region',
  'TopicArn',
];

/** `AWS::SNS::Subscription` */
export const subscription: ResourceProvider = {
  createOnly: ['Endpoint', 'Protocol', 'TopicArn'],

  async create(properties, { call }) {
    const input = {
      TopicArn: requireText(properties, 'TopicArn'),
      Protocol: requireText(properties, 'Protocol'),
      Endpoint: readText(properties, 'Endpoint'),
      Attributes: attributes(properties),
      ReturnSubscriptionArn: true,
    };
    const { SubscriptionArn = '' } = await execute(sns, 'Subscribe', input, call);
    return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },

  async update(SubscriptionArn, properties, previous, { call }) {
    const desired = attributes(properties);
    for (const AttributeName of Object.keys({ ...attributes(previous), ...desired })) {
      const AttributeValue = desired[AttributeName] ?? '';
      const input = { SubscriptionArn, AttributeName, AttributeValue };
      await execute(sns, 'SetSubscriptionAttributes', input, call);
    }
    return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },

  async delete(SubscriptionArn, _properties, { call }) {
    await execute(sns, 'Unsubscribe', { SubscriptionArn }, call);
  },
};

/** What is a document in the template is its text in the call. */
function attributes(properties: Properties): Record<string, string> {
  const unknown = Object.keys(properties).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ResourceFailure(`${unknown} of a subscription is not supported by this local AWS`);
  const documents = ['DeliveryPolicy', 'FilterPolicy', 'RedrivePolicy'].flatMap((name) => {
    const value = properties[name];
    return isRecord(value) ? [[name, JSON.stringify(value)]] : [];
  });
  const texts = ['FilterPolicyScope', 'RawMessageDelivery'].flatMap((name) => {
    const value = readText(properties, name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries([...documents, ...texts]);
}
