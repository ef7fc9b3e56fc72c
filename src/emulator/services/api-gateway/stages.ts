import type {
  APIGateway,
  CreateStageRequest,
  MethodSetting,
  Stage as StageDescription,
} from '@aws-sdk/client-api-gateway';
import type { Clock } from '../../clock/clock.ts';
import type { Operations } from '../../core/service.ts';
import type { RestApi, Stage } from '../../world/apis/rest-api.ts';
import { badRequest, conflict } from './errors.ts';
import { findDeployment, findRestApi, findStage } from './lookup.ts';
import { applyPatches, asBoolean, type Patchable } from './patch.ts';
import { canaryPatches, promote } from './stage-canary.ts';

export const stages: Operations<APIGateway> = {
  CreateStage({ restApiId, ...settings }, { cell }) {
    const api = findRestApi(cell, restApiId);
    const { stageName = '', deploymentId } = settings;
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(stageName)) throw badRequest('Stage name only allows a-zA-Z0-9-_');
    if (api.stages.has(stageName)) throw conflict('Stage already exists');
    findDeployment(api, deploymentId);
    const stage = newStage(settings, cell.clock);
    api.stages.set(stage.name, stage);
    return describe(stage);
  },
  GetStage({ restApiId, stageName }, { cell }) {
    return describe(findStage(findRestApi(cell, restApiId), stageName));
  },
  GetStages({ restApiId, deploymentId }, { cell }) {
    const all = [...findRestApi(cell, restApiId).stages.values()];
    return {
      item: all.filter((stage) => [undefined, stage.deploymentId].includes(deploymentId)).map(describe),
    };
  },
  UpdateStage({ restApiId, stageName, patchOperations }, { cell }) {
    const api = findRestApi(cell, restApiId);
    const stage = findStage(api, stageName);
    // What was copied depends on the patches before it, and all are made or none: so on a copy first.
    const draft = structuredClone(stage);
    for (const operation of patchOperations ?? []) {
      if (operation.op === 'copy') promote(draft, operation);
      else applyPatches(draft, [operation], { ...deploymentPatch(api), ...canaryPatches, ...patchable });
    }
    Object.assign(stage, draft);
    stage.updatedAt = cell.clock.now();
    return describe(stage);
  },
  DeleteStage({ restApiId, stageName }, { cell }) {
    const api = findRestApi(cell, restApiId);
    api.stages.delete(findStage(api, stageName).name);
    return {};
  },
};

export function newStage(settings: Omit<CreateStageRequest, 'restApiId'>, clock: Clock): Stage {
  return {
    name: settings.stageName ?? '',
    deploymentId: settings.deploymentId ?? '',
    createdAt: clock.now(),
    updatedAt: clock.now(),
    description: settings.description,
    tracingEnabled: settings.tracingEnabled ?? false,
    variables: new Map(Object.entries(settings.variables ?? {})),
    methodSettings: new Map(),
    canary: settings.canarySettings && {
      useStageCache: false,
      percentTraffic: 0,
      ...settings.canarySettings,
    },
    tags: new Map(Object.entries(settings.tags ?? {})),
  };
}

const METHOD_SETTINGS = {
  'metrics/enabled': ['metricsEnabled', asBoolean],
  'logging/loglevel': ['loggingLevel', String],
  'logging/dataTrace': ['dataTraceEnabled', asBoolean],
  'throttling/burstLimit': ['throttlingBurstLimit', Number],
  'throttling/rateLimit': ['throttlingRateLimit', Number],
  'caching/enabled': ['cachingEnabled', asBoolean],
  'caching/ttlInSeconds': ['cacheTtlInSeconds', Number],
  'caching/dataEncrypted': ['cacheDataEncrypted', asBoolean],
} as const satisfies Record<string, readonly [keyof MethodSetting, (value: string | undefined) => unknown]>;

const patchable: Patchable<Stage> = {
  '/description': (stage, value) => {
    stage.description = value;
  },
  '/tracingEnabled': (stage, value) => {
    stage.tracingEnabled = asBoolean(value);
  },
  '/variables/{name}': ({ variables }, value, name = '') => {
    if (value === undefined) variables.delete(name);
    else variables.set(name, value);
  },
  ...Object.fromEntries(
    Object.entries(METHOD_SETTINGS).map(([path, [setting, read]]) => [
      `/{resource}/{method}/${path}`,
      ({ methodSettings }: Stage, value: string | undefined, resource = '', method = '') => {
        const key = `${resource.replace(/^\/(?=.)/, '')}/${method}`;
        methodSettings.set(key, {
          ...methodSettings.get(key),
          [setting]: value === undefined ? undefined : read(value),
        });
      },
    ]),
  ),
};

function deploymentPatch(api: RestApi): Patchable<Stage> {
  return {
    '/deploymentId': (stage, value) => {
      stage.deploymentId = findDeployment(api, value).id;
    },
  };
}

function describe(stage: Stage): StageDescription {
  return {
    stageName: stage.name,
    deploymentId: stage.deploymentId,
    description: stage.description,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: Object.fromEntries(stage.methodSettings),
    variables: stage.variables.size > 0 ? Object.fromEntries(stage.variables) : undefined,
    canarySettings: stage.canary,
    tracingEnabled: stage.tracingEnabled,
    tags: Object.fromEntries(stage.tags),
    createdDate: new Date(stage.createdAt),
    lastUpdatedDate: new Date(stage.updatedAt),
  };
}
