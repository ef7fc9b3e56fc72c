import { execute } from '../../../core/execute.ts';
import { elbv2 } from '../../../services/elbv2/index.ts';
import { toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';
import { tagList } from '../tags.ts';

export const listener: ResourceProvider = {
  createOnly: ['LoadBalancerArn'],

  async create(properties, context) {
    const tagged = { ...properties, Tags: tagList({}, context) };
    const input = toInput(elbv2, 'CreateListener', tagged);
    const { Listeners: [created] = [] } = await execute(elbv2, 'CreateListener', input, context.call);
    return provided(created?.ListenerArn ?? '');
  },

  async update(arn, properties, _previous, { call }) {
    const input = toInput(elbv2, 'ModifyListener', { ...properties, ListenerArn: arn }, ['LoadBalancerArn']);
    await execute(elbv2, 'ModifyListener', input, call);
    return provided(arn);
  },

  async delete(ListenerArn, _properties, { call }) {
    await execute(elbv2, 'DeleteListener', { ListenerArn }, call);
  },
};

function provided(physicalId: string): ProvidedResource {
  return { physicalId, attributes: { ListenerArn: physicalId } };
}
