import type { Clock } from '../../clock/clock.ts';
import type { Apis } from './apis.ts';
import type { HttpApi, HttpDeployment, HttpStage } from './http-api.ts';

interface World {
  apis: Apis;
  clock: Clock;
}

/** Keeps what an API is now, to be served. */
export function deployHttpApi(
  { apis, clock }: World,
  api: HttpApi,
  { description, isAutomatic = false }: { description?: string | undefined; isAutomatic?: boolean } = {},
): HttpDeployment {
  const { routes, integrations, authorizers } = api;
  const deployment: HttpDeployment = {
    id: apis.newId(),
    createdAt: clock.now(),
    description,
    isAutomatic,
    ...structuredClone({ routes, integrations, authorizers }),
  };
  api.deployments.set(deployment.id, deployment);
  return deployment;
}

/** Deploys a change to the stages that want every change. */
export function autoDeploy(world: World, api: HttpApi): void {
  const stages = [...api.stages.values()].filter((stage) => stage.autoDeploy);
  if (stages.length > 0) autoDeployTo(world, api, stages);
}

export function autoDeployTo(world: World, api: HttpApi, stages: readonly HttpStage[]): void {
  const description = 'Automatic deployment triggered by changes to the Api configuration';
  const deployment = deployHttpApi(world, api, { description, isAutomatic: true });
  for (const stage of stages) {
    // Nobody else can name an automatic deployment: the one before it is of no use any more.
    const before = api.deployments.get(stage.deploymentId ?? '');
    if (before?.isAutomatic) api.deployments.delete(before.id);
    Object.assign(stage, { deploymentId: deployment.id, updatedAt: world.clock.now() });
  }
}
