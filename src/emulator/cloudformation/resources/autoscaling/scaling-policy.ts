import { execute } from '../../../core/execute.ts';
import { autoScaling } from '../../../services/autoscaling/index.ts';
import { toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';

/** `AWS::AutoScaling::ScalingPolicy`: known by its ARN. */
export const scalingPolicy: ResourceProvider = {
  createOnly: ['AutoScalingGroupName'],

  create(properties, context) {
    return put(properties, context.physicalName(255), context);
  },

  update(arn, properties, _previous, context) {
    return put(properties, nameIn(arn), context);
  },

  async delete(PolicyName, _properties, { call }) {
    await execute(autoScaling, 'DeletePolicy', { PolicyName }, call);
  },
};

async function put(
  properties: Properties,
  PolicyName: string,
  { call }: ResourceContext,
): Promise<ProvidedResource> {
  const input = toInput(autoScaling, 'PutScalingPolicy', { PolicyName, ...properties });
  const { PolicyARN: arn = '' } = await execute(autoScaling, 'PutScalingPolicy', input, call);
  return { physicalId: arn, attributes: { Arn: arn, PolicyName } };
}

function nameIn(arn: string): string {
  return arn.slice(arn.indexOf(':policyName/') + ':policyName/'.length);
}
