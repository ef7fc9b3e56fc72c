import { execute } from '../../../core/execute.ts';
import { logs } from '../../../services/logs/index.ts';
import { readText } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { tagMap } from '../tags.ts';

const maxNameLength = 512;

/** `AWS::Logs::LogGroup` */
export const logGroup: ResourceProvider = {
  createOnly: ['LogGroupName'],

  async create(properties, context) {
    const logGroupName = readText(properties, 'LogGroupName') ?? context.physicalName(maxNameLength);
    await execute(logs, 'CreateLogGroup', { logGroupName, tags: tagMap(properties, context) }, context.call);
    context.initiated(logGroupName);
    await setRetention(logGroupName, properties, context);
    return provided(logGroupName, context);
  },

  async update(logGroupName, properties, _previous, context) {
    await setRetention(logGroupName, properties, context);
    return provided(logGroupName, context);
  },

  async delete(logGroupName, _properties, { call }) {
    await execute(logs, 'DeleteLogGroup', { logGroupName }, call);
  },
};

async function setRetention(
  logGroupName: string,
  properties: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const days = readText(properties, 'RetentionInDays');
  if (days === undefined) return;
  await execute(logs, 'PutRetentionPolicy', { logGroupName, retentionInDays: Number(days) }, call);
}

function provided(name: string, { cell }: ResourceContext): ProvidedResource {
  return {
    physicalId: name,
    attributes: { Arn: `arn:aws:logs:${cell.region}:${cell.account}:log-group:${name}:*` },
  };
}
