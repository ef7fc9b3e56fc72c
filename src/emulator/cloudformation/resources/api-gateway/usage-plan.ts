import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { readRecords, readText, toInput } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { tagMap } from '../tags.ts';
import { escaped, replaceIfSaid } from './patches.ts';

/** `AWS::ApiGateway::UsagePlan` */
export const usagePlan: ResourceProvider = {
  async create(properties, context) {
    const { UsagePlanName, ...others } = properties;
    const Name = UsagePlanName ?? context.physicalName(255);
    const named = { ...others, Name, Tags: tagMap(properties, context) };
    const input = toInput(apiGateway, 'CreateUsagePlan', named);
    const { id = '' } = await execute(apiGateway, 'CreateUsagePlan', input, context.call);
    return { physicalId: id, attributes: { Id: id } };
  },

  async update(usagePlanId, properties, previous, { call }) {
    const patchOperations = [
      ...replaceIfSaid('/name', readText(properties, 'UsagePlanName')),
      ...replaceIfSaid('/description', readText(properties, 'Description')),
      ...group(properties, 'Throttle', { RateLimit: 'rateLimit', BurstLimit: 'burstLimit' }),
      ...group(properties, 'Quota', { Limit: 'limit', Period: 'period', Offset: 'offset' }),
      ...stagePatches(properties, previous),
    ];
    await execute(apiGateway, 'UpdateUsagePlan', { usagePlanId, patchOperations }, call);
    return { physicalId: usagePlanId, attributes: { Id: usagePlanId } };
  },

  async delete(usagePlanId, _properties, { call }) {
    await leaveStages(usagePlanId, call);
    await execute(apiGateway, 'DeleteUsagePlan', { usagePlanId }, call);
  },
};

/** Sets the members of a group, or takes it away where the properties have none. */
function group(
  properties: Properties,
  name: string,
  members: Readonly<Record<string, string>>,
): PatchOperation[] {
  const held = properties[name];
  const path = `/${name.toLowerCase()}`;
  if (!isRecord(held)) return [{ op: 'remove', path }];
  return Object.entries(members).flatMap(([member, step]) =>
    replaceIfSaid(`${path}/${step}`, readText(held, member)),
  );
}

function stagePatches(properties: Properties, previous: Properties): PatchOperation[] {
  const name = (stage: Properties): string => `${readText(stage, 'ApiId')}:${readText(stage, 'Stage')}`;
  const desired = readRecords(properties, 'ApiStages');
  const gone = readRecords(previous, 'ApiStages').filter(
    (one) => !desired.some((other) => name(other) === name(one)),
  );
  return [
    ...gone.map((stage) => ({ op: 'remove' as const, path: '/apiStages', value: name(stage) })),
    ...desired.flatMap((stage) => [
      { op: 'add' as const, path: '/apiStages', value: name(stage) },
      ...limitPatches(stage, `/apiStages/${name(stage)}/throttle`),
    ]),
  ];
}

function limitPatches({ Throttle }: Properties, prefix: string): PatchOperation[] {
  return Object.entries(isRecord(Throttle) ? Throttle : {}).flatMap(([key, limits]) => {
    if (!isRecord(limits)) return [];
    const [, path = '', method = ''] = /^(.*)\/([^/]+)$/.exec(key) ?? [];
    const target = `${prefix}/${escaped(path || '/')}/${method}`;
    return [
      ...replaceIfSaid(`${target}/rateLimit`, readText(limits, 'RateLimit')),
      ...replaceIfSaid(`${target}/burstLimit`, readText(limits, 'BurstLimit')),
    ];
  });
}

/** A plan with stages cannot be deleted; those that the plan still has are its own. */
async function leaveStages(usagePlanId: string, call: Call): Promise<void> {
  const { apiStages = [] } = await execute(apiGateway, 'GetUsagePlan', { usagePlanId }, call);
  const patchOperations = apiStages.map(({ apiId, stage }) => ({
    op: 'remove' as const,
    path: '/apiStages',
    value: `${apiId}:${stage}`,
  }));
  await execute(apiGateway, 'UpdateUsagePlan', { usagePlanId, patchOperations }, call);
}
