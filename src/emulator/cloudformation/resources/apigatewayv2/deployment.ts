import { execute } from '../../../core/execute.ts';
import { apiGatewayV2 } from '../../../services/apigatewayv2/index.ts';
import { readText, requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';

/** `AWS::ApiGatewayV2::Deployment` */
export const httpDeployment: ResourceProvider = {
  createOnly: ['ApiId'],

  async create(properties, { call }) {
    const input = toInput(apiGatewayV2, 'CreateDeployment', properties);
    const { DeploymentId = '' } = await execute(apiGatewayV2, 'CreateDeployment', input, call);
    return { physicalId: DeploymentId, attributes: { DeploymentId } };
  },

  async update(DeploymentId, properties, _previous, { call }) {
    const ApiId = requireText(properties, 'ApiId');
    const Description = readText(properties, 'Description') ?? '';
    await execute(apiGatewayV2, 'UpdateDeployment', { ApiId, DeploymentId, Description }, call);
    return { physicalId: DeploymentId, attributes: { DeploymentId } };
  },

  async delete(DeploymentId, properties, { call }) {
    const ApiId = requireText(properties, 'ApiId');
    await execute(apiGatewayV2, 'DeleteDeployment', { ApiId, DeploymentId }, call);
  },
};
