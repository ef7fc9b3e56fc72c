import { execute } from '../../../core/execute.ts';
import { cloudWatch } from '../../../services/cloudwatch/index.ts';
import { alarmArn } from '../../../services/cloudwatch/lookup.ts';
import { readText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { tagList } from '../tags.ts';
import { changeTags } from './tags.ts';

const maxNameLength = 255;

/** `AWS::CloudWatch::CompositeAlarm` */
export const compositeAlarm: ResourceProvider = {
  createOnly: ['AlarmName'],

  create(properties, context) {
    const name = readText(properties, 'AlarmName') ?? context.physicalName(maxNameLength);
    return put(name, { ...properties, Tags: tagList(properties, context) }, context);
  },

  async update(name, properties, previous, context) {
    const provided = await put(name, properties, context);
    await changeTags(alarmArn(context.cell, name), { desired: properties, previous }, context);
    return provided;
  },

  async delete(name, _properties, { call }) {
    await execute(cloudWatch, 'DeleteAlarms', { AlarmNames: [name] }, call);
  },
};

async function put(
  AlarmName: string,
  properties: Properties,
  { call, cell }: ResourceContext,
): Promise<ProvidedResource> {
  const input = toInput(cloudWatch, 'PutCompositeAlarm', { ...properties, AlarmName });
  await execute(cloudWatch, 'PutCompositeAlarm', input, call);
  return { physicalId: AlarmName, attributes: { Arn: alarmArn(cell, AlarmName) } };
}
