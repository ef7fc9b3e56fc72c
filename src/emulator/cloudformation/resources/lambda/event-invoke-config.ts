import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { lambda } from '../../../services/lambda/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';

/** `AWS::Lambda::EventInvokeConfig` */
export const eventInvokeConfig: ResourceProvider = {
  createOnly: ['FunctionName', 'Qualifier'],

  async create(properties, { call, physicalName }) {
    await put(properties, call);
    return { physicalId: physicalName(128) };
  },

  async update(physicalId, properties, _previous, { call }) {
    await put(properties, call);
    return { physicalId };
  },

  async delete(_physicalId, properties, { call }) {
    const FunctionName = requireText(properties, 'FunctionName');
    const Qualifier = requireText(properties, 'Qualifier');
    await execute(lambda, 'DeleteFunctionEventInvokeConfig', { FunctionName, Qualifier }, call);
  },
};

async function put(properties: Properties, call: Call): Promise<void> {
  const input = toInput(lambda, 'PutFunctionEventInvokeConfig', properties);
  await execute(lambda, 'PutFunctionEventInvokeConfig', input, call);
}
