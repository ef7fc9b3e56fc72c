import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import { execute } from '../../../core/execute.ts';
import { lambda } from '../../../services/lambda/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';

/** `AWS::Lambda::Alias` */
export const alias: ResourceProvider = {
  createOnly: ['FunctionName', 'Name'],

  async create(properties, { call }) {
    const input = toInput(lambda, 'CreateAlias', properties);
    return provided(await execute(lambda, 'CreateAlias', input, call));
  },

  async update(_arn, properties, _previous, { call }) {
    const input = toInput(lambda, 'UpdateAlias', properties);
    return provided(await execute(lambda, 'UpdateAlias', input, call));
  },

  async delete(_arn, properties, { call }) {
    const input = {
      FunctionName: requireText(properties, 'FunctionName'),
      Name: requireText(properties, 'Name'),
    };
    await execute(lambda, 'DeleteAlias', input, call);
  },
};

function provided({ AliasArn = '' }: AliasConfiguration): ProvidedResource {
  return { physicalId: AliasArn, attributes: { AliasArn } };
}
