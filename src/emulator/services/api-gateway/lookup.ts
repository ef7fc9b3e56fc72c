import type { Integration, Method } from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../core/cell.ts';
import type { ApiKey } from '../../world/apis/api-key.ts';
import type { Deployment, Resource, RestApi, Stage } from '../../world/apis/rest-api.ts';
import type { UsagePlan } from '../../world/apis/usage-plan.ts';
import type { VpcLink } from '../../world/apis/vpc-link.ts';
import { notFound } from './errors.ts';

type Id = string | undefined;

/** @throws AwsError `NotFoundException` */
export function findRestApi({ account, apis }: Cell, id: Id): RestApi {
  const found = apis.restApis.get(id ?? '');
  if (!found) throw notFound(`Invalid API identifier specified ${account}:${id}`);
  return found;
}

/** @throws AwsError `NotFoundException` */
export function findResource(
  cell: Cell,
  { restApiId, resourceId }: { restApiId: Id; resourceId: Id },
): Resource {
  const found = findRestApi(cell, restApiId).resources.get(resourceId ?? '');
  if (!found) throw notFound('Invalid Resource identifier specified');
  return found;
}

export interface MethodId {
  restApiId: Id;
  resourceId: Id;
  httpMethod: Id;
}

/** @throws AwsError `NotFoundException` */
export function findMethod(cell: Cell, id: MethodId): Method {
  const found = findResource(cell, id).methods.get(id.httpMethod ?? '');
  if (!found) throw notFound('Invalid Method identifier specified');
  return found;
}

/** @throws AwsError `NotFoundException` */
export function findIntegration(cell: Cell, id: MethodId): Integration {
  const found = findMethod(cell, id).methodIntegration;
  if (!found) throw notFound('Invalid Integration identifier specified');
  return found;
}

/** @throws AwsError `NotFoundException` */
export function findDeployment(api: RestApi, id: Id): Deployment {
  const found = api.deployments.get(id ?? '');
  if (!found) throw notFound('Invalid Deployment identifier specified');
  return found;
}

/** @throws AwsError `NotFoundException` */
export function findStage(api: RestApi, name: Id): Stage {
  const found = api.stages.get(name ?? '');
  if (!found) throw notFound('Invalid stage identifier specified');
  return found;
}

/** @throws AwsError `NotFoundException` */
export function findVpcLink({ apis }: Cell, id: Id): VpcLink {
  const found = apis.vpcLinks.get(id ?? '');
  if (!found) throw notFound('Invalid Vpc Link identifier specified');
  return found;
}

/** @throws AwsError `NotFoundException` */
export function findApiKey({ apis }: Cell, id: Id): ApiKey {
  const found = apis.apiKeys.get(id ?? '');
  if (!found) throw notFound('Invalid API Key identifier specified');
  return found;
}

/** @throws AwsError `NotFoundException` */
export function findUsagePlan({ apis }: Cell, id: Id): UsagePlan {
  const found = apis.usagePlans.get(id ?? '');
  if (!found) throw notFound('Invalid Usage Plan ID specified');
  return found;
}
