import { execute } from '../../../core/execute.ts';
import { elbv2 } from '../../../services/elbv2/index.ts';
import { toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';
import { tagList } from '../tags.ts';

export const listenerRule: ResourceProvider = {
  createOnly: ['ListenerArn'],

  async create(properties, context) {
    const tagged = { ...properties, Tags: tagList({}, context) };
    const input = toInput(elbv2, 'CreateRule', tagged);
    const { Rules: [created] = [] } = await execute(elbv2, 'CreateRule', input, context.call);
    return provided(created?.RuleArn ?? '');
  },

  async update(arn, properties, previous, { call }) {
    const input = toInput(elbv2, 'ModifyRule', { ...properties, RuleArn: arn }, ['ListenerArn', 'Priority']);
    await execute(elbv2, 'ModifyRule', input, call);
    if (properties.Priority !== previous.Priority) {
      const RulePriorities = [{ RuleArn: arn, Priority: properties.Priority }];
      await execute(
        elbv2,
        'SetRulePriorities',
        toInput(elbv2, 'SetRulePriorities', { RulePriorities }),
        call,
      );
    }
    return provided(arn);
  },

  async delete(RuleArn, _properties, { call }) {
    await execute(elbv2, 'DeleteRule', { RuleArn }, call);
  },
};

function provided(physicalId: string): ProvidedResource {
  return { physicalId, attributes: { RuleArn: physicalId, IsDefault: false } };
}
