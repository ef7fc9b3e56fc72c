import type { ApiGatewayV2, Deployment } from '@aws-sdk/client-apigatewayv2';
import type { Operations } from '../../core/service.ts';
import { deployHttpApi } from '../../world/apis/deploy-http-api.ts';
import type { HttpDeployment } from '../../world/apis/http-api.ts';
import { badRequest } from './errors.ts';
import { find, findApi, findStage } from './lookup.ts';
import { page } from './page.ts';

export const deployments: Operations<ApiGatewayV2> = {
  CreateDeployment({ ApiId, StageName, Description }, { cell }) {
    const api = findApi(cell, ApiId);
    if (api.routes.size === 0) {
      throw badRequest('At least one route is required before deploying the Api.');
    }
    const stage = StageName === undefined ? undefined : findStage(api, StageName);
    if (stage?.autoDeploy) {
      throw badRequest('Deployment ID cannot be set on stages with autoDeploy enabled');
    }
    const deployment = deployHttpApi(cell, api, { description: Description });
    if (stage) Object.assign(stage, { deploymentId: deployment.id, updatedAt: cell.clock.now() });
    return describe(deployment);
  },
  GetDeployment({ ApiId, DeploymentId }, { cell }) {
    return describe(find(findApi(cell, ApiId).deployments, DeploymentId, 'Deployment'));
  },
  GetDeployments({ ApiId, ...paging }, { cell }) {
    const { items, nextToken } = page(findApi(cell, ApiId).deployments, paging);
    return { Items: items.map(describe), NextToken: nextToken };
  },
  UpdateDeployment({ ApiId, DeploymentId, Description }, { cell }) {
    const deployment = find(findApi(cell, ApiId).deployments, DeploymentId, 'Deployment');
    if (Description !== undefined) deployment.description = Description;
    return describe(deployment);
  },
  DeleteDeployment({ ApiId, DeploymentId = '' }, { cell }) {
    const api = findApi(cell, ApiId);
    find(api.deployments, DeploymentId, 'Deployment');
    if ([...api.stages.values()].some((stage) => stage.deploymentId === DeploymentId)) {
      throw badRequest('Active stages pointing to this deployment must be moved or deleted');
    }
    api.deployments.delete(DeploymentId);
    return {};
  },
};

function describe({ id, createdAt, description, isAutomatic }: HttpDeployment): Deployment {
  return {
    DeploymentId: id,
    CreatedDate: new Date(createdAt),
    DeploymentStatus: 'DEPLOYED',
    Description: description,
    AutoDeployed: isAutomatic,
  };
}
