import { execute } from '../../../core/execute.ts';
import { autoScaling } from '../../../services/autoscaling/index.ts';
import { toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';

/** `AWS::AutoScaling::LaunchConfiguration`, which no call changes: every change needs another one. */
export const launchConfiguration: ResourceProvider = {
  async create(properties, { call, physicalName }) {
    const input = toInput(autoScaling, 'CreateLaunchConfiguration', {
      LaunchConfigurationName: physicalName(255),
      ...asTheCallSaysIt(properties),
    });
    await execute(autoScaling, 'CreateLaunchConfiguration', input, call);
    return { physicalId: input.LaunchConfigurationName ?? '' };
  },

  async delete(LaunchConfigurationName, _properties, { call }) {
    await execute(autoScaling, 'DeleteLaunchConfiguration', { LaunchConfigurationName }, call);
  },
};

/** The monitoring is a flag in templates. */
function asTheCallSaysIt({ InstanceMonitoring: Enabled, ...properties }: Properties): Properties {
  return Enabled === undefined ? properties : { ...properties, InstanceMonitoring: { Enabled } };
}
