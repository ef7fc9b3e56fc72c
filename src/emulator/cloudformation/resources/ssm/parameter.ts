import type { PutParameterRequest } from '@aws-sdk/client-ssm';
import { execute } from '../../../core/execute.ts';
import { ssm } from '../../../services/ssm/index.ts';
import { toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { tagMap } from '../tags.ts';

const maxNameLength = 1011;

/** `AWS::SSM::Parameter` */
export const parameter: ResourceProvider = {
  createOnly: ['Name', 'Type'],

  async create(properties, context) {
    const Name = String(properties.Name ?? `CFN-${context.physicalName(maxNameLength)}`);
    await execute(ssm, 'PutParameter', { ...inputOf(properties, Name) }, context.call);
    context.initiated(Name);
    await tag(Name, properties, context);
    return describe(Name, properties);
  },

  async update(Name, properties, previous, context) {
    await execute(ssm, 'PutParameter', { ...inputOf(properties, Name), Overwrite: true }, context.call);
    const kept = tagsOf(properties, context);
    const TagKeys = Object.keys(tagsOf(previous, context)).filter((key) => !Object.hasOwn(kept, key));
    await execute(ssm, 'RemoveTagsFromResource', { ...resource(Name), TagKeys }, context.call);
    await tag(Name, properties, context);
    return describe(Name, properties);
  },

  async delete(Name, _properties, { call }) {
    await execute(ssm, 'DeleteParameter', { Name }, call);
  },
};

function inputOf(properties: Properties, Name: string): PutParameterRequest {
  return toInput(ssm, 'PutParameter', { ...properties, Name }, ['Tags']);
}

async function tag(name: string, properties: Properties, context: ResourceContext): Promise<void> {
  const Tags = Object.entries(tagsOf(properties, context)).map(([Key, Value]) => ({ Key, Value }));
  await execute(ssm, 'AddTagsToResource', { ...resource(name), Tags }, context.call);
}

/** Tags of a parameter are a map in a template, unlike those of most resources. */
function tagsOf({ Tags = {} }: Properties, context: ResourceContext): Record<string, string> {
  const own = isRecord(Tags) ? Object.entries(Tags).map(([key, value]) => [key, String(value)]) : [];
  return { ...tagMap({}, context), ...Object.fromEntries(own) };
}

function resource(ResourceId: string) {
  return { ResourceType: 'Parameter' as const, ResourceId };
}

function describe(name: string, { Type, Value }: Properties): ProvidedResource {
  return { physicalId: name, attributes: { Type, Value } };
}
