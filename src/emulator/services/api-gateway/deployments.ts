import type {
  APIGateway,
  CanarySettings,
  Deployment as DeploymentDescription,
  MethodSnapshot,
} from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import type { Deployment, RestApi, Stage } from '../../world/apis/rest-api.ts';
import { badRequest } from './errors.ts';
import { findDeployment, findRestApi } from './lookup.ts';
import { page } from './page.ts';
import { applyPatches } from './patch.ts';
import { newStage } from './stages.ts';

export const deployments: Operations<APIGateway> = {
  CreateDeployment(input, { cell }) {
    const { restApiId, stageName, stageDescription, description, canarySettings, ...stageSettings } = input;
    const api = findRestApi(cell, restApiId);
    requireDeployable(api);
    const deployment: Deployment = {
      id: cell.apis.newId(),
      createdAt: cell.clock.now(),
      description,
      resources: structuredClone([...api.resources.values()]),
      authorizers: structuredClone(api.authorizers),
      gatewayResponses: structuredClone(api.gatewayResponses),
      requestValidators: structuredClone(api.requestValidators),
    };
    api.deployments.set(deployment.id, deployment);
    const stage = api.stages.get(stageName ?? '');
    if (canarySettings) startCanary(stage, { ...canarySettings, deploymentId: deployment.id });
    else if (stage) Object.assign(stage, { deploymentId: deployment.id, updatedAt: cell.clock.now() });
    else if (stageName) {
      const settings = {
        ...stageSettings,
        stageName,
        description: stageDescription,
        deploymentId: deployment.id,
      };
      api.stages.set(stageName, newStage(settings, cell.clock));
    }
    return describe(deployment, []);
  },
  GetDeployment({ restApiId, deploymentId, embed = [] }, { cell }) {
    return describe(findDeployment(findRestApi(cell, restApiId), deploymentId), embed);
  },
  GetDeployments({ restApiId, ...paging }, { cell }) {
    const { items, position } = page(findRestApi(cell, restApiId).deployments, paging);
    return { items: items.map((deployment) => describe(deployment, [])), position };
  },
  UpdateDeployment({ restApiId, deploymentId, patchOperations }, { cell }) {
    const deployment = findDeployment(findRestApi(cell, restApiId), deploymentId);
    applyPatches(deployment, patchOperations, {
      '/description': (patched, value) => {
        patched.description = value;
      },
    });
    return describe(deployment, []);
  },
  DeleteDeployment({ restApiId, deploymentId }, { cell }) {
    const api = findRestApi(cell, restApiId);
    const { id } = findDeployment(api, deploymentId);
    if (
      [...api.stages.values()].some((stage) => [stage.deploymentId, stage.canary?.deploymentId].includes(id))
    ) {
      throw badRequest('Active stages pointing to this deployment must be moved or deleted');
    }
    api.deployments.delete(id);
    return {};
  },
};

/** The deployment gets a share of an existing stage's requests. */
function startCanary(stage: Stage | undefined, settings: CanarySettings): void {
  if (!stage) throw badRequest('Canary settings need a stage that exists: create the stage first');
  stage.canary = { percentTraffic: 0, useStageCache: false, ...settings };
}

function requireDeployable(api: RestApi): void {
  const methods = [...api.resources.values()].flatMap((resource) => [...resource.methods.values()]);
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some((method) => !method.methodIntegration))
    throw badRequest('No integration defined for method');
}

function describe(deployment: Deployment, embed: readonly string[]): DeploymentDescription {
  const { id, createdAt, description } = deployment;
  const apiSummary = embed.includes('apisummary') ? summarize(deployment) : undefined;
  return { id, createdDate: new Date(createdAt), description, apiSummary };
}

function summarize({ resources }: Deployment): Record<string, Record<string, MethodSnapshot>> {
  return Object.fromEntries(
    resources.map(({ path, methods }) => [
      path,
      Object.fromEntries(
        [...methods].map(([name, { authorizationType, apiKeyRequired }]) => [
          name,
          { authorizationType, apiKeyRequired },
        ]),
      ),
    ]),
  );
}
