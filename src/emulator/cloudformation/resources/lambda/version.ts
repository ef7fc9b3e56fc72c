import { execute } from '../../../core/execute.ts';
import { lambda } from '../../../services/lambda/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';

/** `AWS::Lambda::Version` */
export const version: ResourceProvider = {
  async create(properties, { call }) {
    const input = toInput(lambda, 'PublishVersion', properties);
    const { FunctionArn = '', Version } = await execute(lambda, 'PublishVersion', input, call);
    return { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
  },

  async delete(physicalId, properties, { call }) {
    const Qualifier = physicalId.slice(physicalId.lastIndexOf(':') + 1);
    await execute(
      lambda,
      'DeleteFunction',
      { FunctionName: requireText(properties, 'FunctionName'), Qualifier },
      call,
    );
  },
};
