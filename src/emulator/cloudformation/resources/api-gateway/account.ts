import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readText } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';

/** `AWS::ApiGateway::Account`: a setting of the region, which deletion leaves as it is. */
export const account: ResourceProvider = {
  async create(properties, { call, physicalName }) {
    await set(properties, call);
    const id = physicalName(128);
    return { physicalId: id, attributes: { Id: id } };
  },

  async update(physicalId, properties, _previous, { call }) {
    await set(properties, call);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async delete() {},
};

async function set(properties: Properties, call: Call): Promise<void> {
  const value = readText(properties, 'CloudWatchRoleArn');
  if (value === undefined) return;
  await execute(
    apiGateway,
    'UpdateAccount',
    { patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }] },
    call,
  );
}
