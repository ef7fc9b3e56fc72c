import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readRecords, readText, requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { tagMap } from '../tags.ts';
import { canaryPatches } from './canary-setting.ts';
import { escaped, replaceIfSaid } from './patches.ts';

/** `AWS::ApiGateway::Stage` */
export const stage: ResourceProvider = {
  createOnly: ['CacheClusterEnabled', 'CacheClusterSize', 'DocumentationVersion', 'RestApiId', 'StageName'],

  async create({ CanarySetting, ...properties }, { call, initiated, tags }) {
    const canary = CanarySetting === undefined ? {} : { CanarySettings: CanarySetting };
    const tagged = { ...properties, ...canary, Tags: tagMap(properties, { tags }) };
    const input = toInput(apiGateway, 'CreateStage', tagged, ['MethodSettings']);
    const { stageName = '' } = await execute(apiGateway, 'CreateStage', input, call);
    initiated(stageName);
    const patchOperations = methodSettings(properties);
    if (patchOperations.length > 0) {
      const { restApiId } = input;
      await execute(apiGateway, 'UpdateStage', { restApiId, stageName, patchOperations }, call);
    }
    return { physicalId: stageName };
  },

  async update(stageName, properties, previous, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    const patchOperations = [
      ...settings(properties),
      ...variables(properties, previous),
      ...canaryPatches(properties, previous),
      ...methodSettings(properties),
    ];
    await execute(apiGateway, 'UpdateStage', { restApiId, stageName, patchOperations }, call);
    return { physicalId: stageName };
  },

  async delete(stageName, properties, { call }) {
    await execute(
      apiGateway,
      'DeleteStage',
      { restApiId: requireText(properties, 'RestApiId'), stageName },
      call,
    );
  },
};

function settings(properties: Properties): PatchOperation[] {
  const paths = {
    DeploymentId: '/deploymentId',
    Description: '/description',
    TracingEnabled: '/tracingEnabled',
  };
  return Object.entries(paths).flatMap(([name, path]) => replaceIfSaid(path, readText(properties, name)));
}

/** Where UpdateStage has the settings of methods, by their names in a template. */
const methodSettingPaths: Readonly<Record<string, string>> = {
  CacheDataEncrypted: 'caching/dataEncrypted',
  CacheTtlInSeconds: 'caching/ttlInSeconds',
  CachingEnabled: 'caching/enabled',
  DataTraceEnabled: 'logging/dataTrace',
  LoggingLevel: 'logging/loglevel',
  MetricsEnabled: 'metrics/enabled',
  ThrottlingBurstLimit: 'throttling/burstLimit',
  ThrottlingRateLimit: 'throttling/rateLimit',
};

function methodSettings(properties: Properties): PatchOperation[] {
  return readRecords(properties, 'MethodSettings').flatMap((setting) => {
    const resourcePath = readText(setting, 'ResourcePath') ?? '/*';
    const prefix = `/${resourcePath === '/*' ? '*' : escaped(resourcePath)}/${readText(setting, 'HttpMethod') ?? '*'}`;
    return Object.entries(methodSettingPaths).flatMap(([name, path]) =>
      replaceIfSaid(`${prefix}/${path}`, readText(setting, name)),
    );
  });
}

function variables(properties: Properties, previous: Properties): PatchOperation[] {
  const [desired, current] = [properties, previous].map(({ Variables }) =>
    isRecord(Variables) ? Variables : {},
  );
  const removed = Object.keys(current ?? {}).filter((name) => !Object.hasOwn(desired ?? {}, name));
  return [
    ...removed.map((name) => ({ op: 'remove' as const, path: `/variables/${name}` })),
    ...Object.entries(desired ?? {}).flatMap(([name, value]) =>
      replaceIfSaid(`/variables/${name}`, String(value)),
    ),
  ];
}
