import type { Random } from '../../../core/random.ts';
import type { Deployment, RestApi, Stage } from '../../../world/apis/rest-api.ts';

export interface Served {
  /** With the canary's variables, where that is chosen. */
  stage: Stage;
  deployment: Deployment;
}

/** What serves one request to a stage: its deployment, or for so many in a hundred its canary's, by chance. */
export function chooseDeployment(api: RestApi, stage: Stage, random: Random): Served | undefined {
  const { canary } = stage;
  if (canary && random() * 100 < (canary.percentTraffic ?? 0)) {
    const overrides = Object.entries(canary.stageVariableOverrides ?? {});
    const variables = new Map([...stage.variables, ...overrides]);
    return served(api, { ...stage, variables }, canary.deploymentId);
  }
  return served(api, stage, stage.deploymentId);
}

function served(api: RestApi, stage: Stage, deploymentId = ''): Served | undefined {
  const deployment = api.deployments.get(deploymentId);
  return deployment && { stage, deployment };
}
