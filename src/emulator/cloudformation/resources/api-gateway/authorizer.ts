import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readText, requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import { replaceIfSaid } from './patches.ts';

const PATHS = {
  AuthorizerCredentials: '/authorizerCredentials',
  AuthorizerResultTtlInSeconds: '/authorizerResultTtlInSeconds',
  AuthorizerUri: '/authorizerUri',
  IdentitySource: '/identitySource',
  IdentityValidationExpression: '/identityValidationExpression',
  Name: '/name',
};

/** `AWS::ApiGateway::Authorizer` */
export const authorizer: ResourceProvider = {
  // What it is, and whose tokens it takes, is put anew: UpdateAuthorizer here patches the rest.
  createOnly: ['AuthType', 'ProviderARNs', 'RestApiId', 'Type'],

  async create(properties, { call }) {
    const input = toInput(apiGateway, 'CreateAuthorizer', properties);
    const { id = '' } = await execute(apiGateway, 'CreateAuthorizer', input, call);
    return { physicalId: id, attributes: { AuthorizerId: id } };
  },

  async update(authorizerId, properties, _previous, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    const patchOperations = Object.entries(PATHS).flatMap(([name, path]) =>
      replaceIfSaid(path, readText(properties, name)),
    );
    await execute(apiGateway, 'UpdateAuthorizer', { restApiId, authorizerId, patchOperations }, call);
    return { physicalId: authorizerId, attributes: { AuthorizerId: authorizerId } };
  },

  async delete(authorizerId, properties, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    await execute(apiGateway, 'DeleteAuthorizer', { restApiId, authorizerId }, call);
  },
};
