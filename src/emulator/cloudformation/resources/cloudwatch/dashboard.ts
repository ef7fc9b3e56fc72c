import { execute } from '../../../core/execute.ts';
import { cloudWatch } from '../../../services/cloudwatch/index.ts';
import { readText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';

const maxNameLength = 255;

/** `AWS::CloudWatch::Dashboard` */
export const dashboard: ResourceProvider = {
  createOnly: ['DashboardName'],

  create(properties, context) {
    const name = readText(properties, 'DashboardName') ?? context.physicalName(maxNameLength);
    return put(name, properties, context);
  },

  update(name, properties, _previous, context) {
    return put(name, properties, context);
  },

  async delete(name, _properties, { call }) {
    await execute(cloudWatch, 'DeleteDashboards', { DashboardNames: [name] }, call);
  },
};

async function put(
  DashboardName: string,
  properties: Properties,
  { call }: ResourceContext,
): Promise<ProvidedResource> {
  const input = toInput(cloudWatch, 'PutDashboard', { ...properties, DashboardName });
  await execute(cloudWatch, 'PutDashboard', input, call);
  return { physicalId: DashboardName };
}
