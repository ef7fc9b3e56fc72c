import type { EC2, LaunchTemplate as TemplateDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import type { LaunchTemplate } from '../../world/network/launch-template.ts';
import { applyFilters } from './filters.ts';
import { byId, byName, findLaunchTemplate, findVersion } from './launch-template-lookup.ts';
import { addVersion } from './launch-template-versions.ts';
import { page } from './pages.ts';
import { specifiedTags } from './tags.ts';

export const launchTemplates: Operations<EC2> = {
  CreateLaunchTemplate(input, call) {
    const { network, clock } = call.cell;
    const { LaunchTemplateName: name = '', LaunchTemplateData: data = {} } = input;
    if (!/^[\w().\-/]{3,128}$/.test(name)) {
      throw new AwsError(
        'InvalidLaunchTemplateName.MalformedException',
        `Launch template name '${name}' must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.`,
      );
    }
    if ([...network.launchTemplates.values()].some((other) => other.name === name)) {
      throw new AwsError(
        'InvalidLaunchTemplateName.AlreadyExistsException',
        'Launch template name already in use.',
      );
    }
    const template: LaunchTemplate = {
      id: network.newId('lt'),
      name,
      createdAt: clock.now(),
      createdBy: call.caller,
      defaultVersion: 1,
      versions: new Map(),
      createdVersions: 0,
      tags: specifiedTags(input.TagSpecifications),
    };
    addVersion(template, data, call, input.VersionDescription);
    network.launchTemplates.set(template.id, template);
    return { LaunchTemplate: describe(template) };
  },
  DescribeLaunchTemplates(input, { cell: { network } }) {
    const { LaunchTemplateIds: ids, LaunchTemplateNames: names } = input;
    const all = network.launchTemplates;
    const named = [
      ...(ids ?? []).map((id) => byId(all, id)),
      ...(names ?? []).map((name) => byName(all, name)),
    ];
    const asked = ids?.length || names?.length ? named : all.values();
    const matching = applyFilters(asked, input.Filters, {
      'create-time': ({ createdAt }) => [new Date(createdAt).toISOString()],
      'launch-template-name': ({ name }) => [name],
    });
    const { items, nextToken } = page(matching, input, { least: 1, most: 200 });
    return { LaunchTemplates: items.map(describe), NextToken: nextToken };
  },
  ModifyLaunchTemplate(input, { cell: { network } }) {
    const template = findLaunchTemplate(network, input);
    const { DefaultVersion: version } = input;
    if (version !== undefined) template.defaultVersion = findVersion(template, version).number;
    return { LaunchTemplate: describe(template) };
  },
  DeleteLaunchTemplate(input, { cell: { network } }) {
    const template = findLaunchTemplate(network, input);
    network.launchTemplates.delete(template.id);
    return { LaunchTemplate: describe(template) };
  },
};

function describe(template: LaunchTemplate): TemplateDescription {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    CreateTime: new Date(template.createdAt),
    CreatedBy: template.createdBy,
    DefaultVersionNumber: template.defaultVersion,
    LatestVersionNumber: [...template.versions.keys()].at(-1),
    Tags: writeTags(template.tags),
  };
}
