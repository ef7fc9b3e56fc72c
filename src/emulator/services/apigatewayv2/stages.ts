import type { ApiGatewayV2, CreateStageRequest, Stage } from '@aws-sdk/client-apigatewayv2';
import type { Clock } from '../../clock/clock.ts';
import type { Operations } from '../../core/service.ts';
import { autoDeployTo } from '../../world/apis/deploy-http-api.ts';
import type { HttpApi, HttpStage } from '../../world/apis/http-api.ts';
import { badRequest, conflict } from './errors.ts';
import { find, findApi, findStage } from './lookup.ts';
import { page } from './page.ts';

type StageSettings = Partial<Omit<CreateStageRequest, 'ApiId' | 'Tags'>>;

export const stages: Operations<ApiGatewayV2> = {
  CreateStage({ ApiId, Tags = {}, ...settings }, { cell }) {
    const api = findApi(cell, ApiId);
    const { StageName = '' } = settings;
    if (!/^(\$default|[a-zA-Z0-9_-]{1,128})$/.test(StageName)) throw badRequest('Invalid stage name');
    if (api.stages.has(StageName)) throw conflict('Stage already exists');
    validate(api, settings);
    const stage = newStage(settings, cell.clock);
    for (const [key, value] of Object.entries(Tags)) stage.tags.set(key, value);
    api.stages.set(stage.name, stage);
    if (stage.autoDeploy) autoDeployTo(cell, api, [stage]);
    return describe(stage);
  },
  GetStage({ ApiId, StageName }, { cell }) {
    return describe(findStage(findApi(cell, ApiId), StageName));
  },
  GetStages({ ApiId, ...paging }, { cell }) {
    const { items, nextToken } = page(findApi(cell, ApiId).stages, paging);
    return { Items: items.map(describe), NextToken: nextToken };
  },
  UpdateStage({ ApiId, StageName, ...changes }, { cell }) {
    const api = findApi(cell, ApiId);
    const stage = findStage(api, StageName);
    validate(api, { AutoDeploy: stage.autoDeploy, ...changes });
    apply(stage, changes);
    stage.updatedAt = cell.clock.now();
    if (stage.autoDeploy && changes.AutoDeploy) autoDeployTo(cell, api, [stage]);
    return describe(stage);
  },
  DeleteStage({ ApiId, StageName }, { cell }) {
    const api = findApi(cell, ApiId);
    api.stages.delete(findStage(api, StageName).name);
    return {};
  },
  DeleteRouteSettings({ ApiId, StageName, RouteKey = '' }, { cell }) {
    findStage(findApi(cell, ApiId), StageName).routeSettings.delete(RouteKey);
    return {};
  },
};

export function newStage(settings: StageSettings, clock: Clock): HttpStage {
  const stage: HttpStage = {
    name: settings.StageName ?? '',
    deploymentId: undefined,
    autoDeploy: false,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    description: undefined,
    variables: new Map(),
    defaultRouteSettings: {},
    routeSettings: new Map(),
    tags: new Map(),
  };
  apply(stage, settings);
  return stage;
}

function validate(api: HttpApi, { AutoDeploy, DeploymentId }: StageSettings): void {
  if (DeploymentId === undefined) return;
  if (AutoDeploy) throw badRequest('Deployment ID cannot be set on stages with autoDeploy enabled');
  find(api.deployments, DeploymentId, 'Deployment');
}

function apply(stage: HttpStage, changes: StageSettings): void {
  stage.deploymentId = changes.DeploymentId ?? stage.deploymentId;
  stage.autoDeploy = changes.AutoDeploy ?? stage.autoDeploy;
  stage.description = changes.Description ?? stage.description;
  stage.defaultRouteSettings = changes.DefaultRouteSettings ?? stage.defaultRouteSettings;
  if (changes.StageVariables) stage.variables = new Map(Object.entries(changes.StageVariables));
  if (changes.RouteSettings) stage.routeSettings = new Map(Object.entries(changes.RouteSettings));
}

function describe(stage: HttpStage): Stage {
  return {
    StageName: stage.name,
    AutoDeploy: stage.autoDeploy,
    CreatedDate: new Date(stage.createdAt),
    LastUpdatedDate: new Date(stage.updatedAt),
    DeploymentId: stage.deploymentId,
    Description: stage.description,
    DefaultRouteSettings: { DetailedMetricsEnabled: false, ...stage.defaultRouteSettings },
    RouteSettings: Object.fromEntries(stage.routeSettings),
    StageVariables: Object.fromEntries(stage.variables),
    Tags: Object.fromEntries(stage.tags),
    ...(stage.autoDeploy && {
      LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${stage.deploymentId}'`,
    }),
  };
}
