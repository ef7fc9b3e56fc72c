import { type CreateDeploymentRequest, CreateDeploymentRequest$ } from '@aws-sdk/client-api-gateway';
import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';

/** `AWS::ApiGateway::Deployment` */
export const deployment: ResourceProvider = {
  async create(properties, { call }) {
    const input = toInput<CreateDeploymentRequest>(CreateDeploymentRequest$, properties);
    const { id = '' } = await execute(apiGateway, 'CreateDeployment', input, call);
    return { physicalId: id, attributes: { DeploymentId: id } };
  },

  async delete(deploymentId, properties, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    await execute(apiGateway, 'DeleteDeployment', { restApiId, deploymentId }, call);
  },
};
