import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { readList, readRecords, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { retag } from './tags.ts';

/** `AWS::EC2::LaunchTemplate`: a change makes a new version, and the default stays what it is. */
export const launchTemplate: ResourceProvider = {
  createOnly: ['LaunchTemplateName'],

  async create(properties, context) {
    const named = { LaunchTemplateName: context.physicalName(128), ...properties };
    const input = toInput(ec2, 'CreateLaunchTemplate', named, ['TagSpecifications']);
    const made = await execute(ec2, 'CreateLaunchTemplate', input, context.call);
    const id = made.LaunchTemplate?.LaunchTemplateId ?? '';
    context.initiated(id);
    await retag(id, { Tags: ownTags(properties) }, {}, context);
    return describe(id, context);
  },

  async update(id, properties, previous, context) {
    const { LaunchTemplateData, VersionDescription } = toInput(
      ec2,
      'CreateLaunchTemplate',
      { LaunchTemplateName: '-', ...properties },
      ['TagSpecifications'],
    );
    const version = { LaunchTemplateId: id, LaunchTemplateData, VersionDescription };
    await execute(ec2, 'CreateLaunchTemplateVersion', version, context.call);
    await retag(id, { Tags: ownTags(properties) }, { Tags: ownTags(previous) }, context);
    return describe(id, context);
  },

  async delete(LaunchTemplateId, _properties, { call }) {
    await execute(ec2, 'DeleteLaunchTemplate', { LaunchTemplateId }, call);
  },
};

function ownTags(properties: Properties): Properties['Tags'] {
  return readRecords(properties, 'TagSpecifications').flatMap((specification) => [
    ...readList(specification, 'Tags'),
  ]);
}

async function describe(id: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const { LaunchTemplates: [found] = [] } = await execute(
    ec2,
    'DescribeLaunchTemplates',
    { LaunchTemplateIds: [id] },
    call,
  );
  return {
    physicalId: id,
    attributes: {
      LaunchTemplateId: id,
      DefaultVersionNumber: String(found?.DefaultVersionNumber),
      LatestVersionNumber: String(found?.LatestVersionNumber),
    },
  };
}
