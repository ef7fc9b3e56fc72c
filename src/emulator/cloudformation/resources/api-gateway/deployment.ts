import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readText, requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';

/** `AWS::ApiGateway::Deployment`; with a stage's name it makes or moves that stage too. */
export const deployment: ResourceProvider = {
  createOnly: ['DeploymentCanarySettings', 'RestApiId'],

  async create(properties, { call }) {
    const input = toInput(apiGateway, 'CreateDeployment', asCalled(properties));
    const { id = '' } = await execute(apiGateway, 'CreateDeployment', input, call);
    return { physicalId: id, attributes: { DeploymentId: id } };
  },

  async update(deploymentId, properties, _previous, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    const value = readText(properties, 'Description') ?? '';
    const patchOperations: PatchOperation[] = [{ op: 'replace', path: '/description', value }];
    await execute(apiGateway, 'UpdateDeployment', { restApiId, deploymentId, patchOperations }, call);
    return { physicalId: deploymentId, attributes: { DeploymentId: deploymentId } };
  },

  async delete(deploymentId, properties, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    await execute(apiGateway, 'DeleteDeployment', { restApiId, deploymentId }, call);
  },
};

/** The stage's description stands among the stage's other settings in a template, and beside them in the call. */
function asCalled({ DeploymentCanarySettings, StageDescription, ...properties }: Properties): Properties {
  const stage = isRecord(StageDescription) ? StageDescription : {};
  const passed = ['CacheClusterEnabled', 'CacheClusterSize', 'TracingEnabled', 'Variables'];
  return {
    ...properties,
    ...Object.fromEntries(passed.flatMap((name) => (stage[name] === undefined ? [] : [[name, stage[name]]]))),
    ...(stage.Description !== undefined && { StageDescription: stage.Description }),
    ...(DeploymentCanarySettings !== undefined && { CanarySettings: DeploymentCanarySettings }),
  };
}
