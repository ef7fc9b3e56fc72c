import {
  type CreateStageRequest,
  CreateStageRequest$,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readRecords, readText, requireText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { tagMap } from '../tags.ts';

/** `AWS::ApiGateway::Stage` */
export const stage: ResourceProvider = {
  createOnly: [
    'CacheClusterEnabled',
    'CacheClusterSize',
    'CanarySetting',
    'DocumentationVersion',
    'RestApiId',
    'StageName',
    'Variables',
  ],

  async create(properties, { call, initiated, tags }) {
    const tagged = { ...properties, Tags: tagMap(properties, { tags }) };
    const input = toInput<CreateStageRequest>(CreateStageRequest$, tagged, ['MethodSettings']);
    const { stageName = '' } = await execute(apiGateway, 'CreateStage', input, call);
    initiated(stageName);
    const patchOperations = methodSettings(properties);
    if (patchOperations.length > 0) {
      const { restApiId } = input;
      await execute(apiGateway, 'UpdateStage', { restApiId, stageName, patchOperations }, call);
    }
    return { physicalId: stageName };
  },

  async update(stageName, properties, _previous, { call }) {
    const restApiId = requireText(properties, 'RestApiId');
    const patchOperations = [...settings(properties), ...methodSettings(properties)];
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
  return Object.entries(paths).flatMap(([name, path]) => replace(path, readText(properties, name)));
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
    const escaped = resourcePath === '/*' ? '*' : resourcePath.replaceAll('~', '~0').replaceAll('/', '~1');
    const prefix = `/${escaped}/${readText(setting, 'HttpMethod') ?? '*'}`;
    return Object.entries(methodSettingPaths).flatMap(([name, path]) =>
      replace(`${prefix}/${path}`, readText(setting, name)),
    );
  });
}

function replace(path: string, value: string | undefined): PatchOperation[] {
  return value === undefined ? [] : [{ op: 'replace', path, value }];
}
