import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { cloudWatch } from '../../../services/cloudwatch/index.ts';
import { alarmArn } from '../../../services/cloudwatch/lookup.ts';
import { readText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { tagList } from '../tags.ts';
import { retag } from './tags.ts';

const maxNameLength = 255;

/** `AWS::CloudWatch::Alarm` */
export const alarm: ResourceProvider = providerOf((properties, call) =>
  execute(cloudWatch, 'PutMetricAlarm', toInput(cloudWatch, 'PutMetricAlarm', properties), call),
);

/** `AWS::CloudWatch::CompositeAlarm` */
export const compositeAlarm: ResourceProvider = providerOf((properties, call) =>
  execute(cloudWatch, 'PutCompositeAlarm', toInput(cloudWatch, 'PutCompositeAlarm', properties), call),
);

/** Alarms of either kind differ in how they are put alone. */
function providerOf(put: (properties: Properties, call: Call) => Promise<unknown>): ResourceProvider {
  const place = async (
    AlarmName: string,
    properties: Properties,
    { call, cell }: ResourceContext,
  ): Promise<ProvidedResource> => {
    await put({ ...properties, AlarmName }, call);
    return { physicalId: AlarmName, attributes: { Arn: alarmArn(cell, AlarmName) } };
  };
  return {
    createOnly: ['AlarmName'],

    create(properties, context) {
      const name = readText(properties, 'AlarmName') ?? context.physicalName(maxNameLength);
      return place(name, { ...properties, Tags: tagList(properties, context) }, context);
    },

    async update(name, properties, previous, context) {
      const provided = await place(name, properties, context);
      await retag(alarmArn(context.cell, name), properties, previous, context);
      return provided;
    },

    async delete(name, _properties, { call }) {
      await execute(cloudWatch, 'DeleteAlarms', { AlarmNames: [name] }, call);
    },
  };
}
