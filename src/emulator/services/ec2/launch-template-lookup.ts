import { AwsError } from '../../core/aws-error.ts';
import {
  type LaunchTemplate,
  type LaunchTemplateVersion,
  versionOf,
} from '../../world/network/launch-template.ts';
import type { Network } from '../../world/network/network.ts';

interface Named {
  LaunchTemplateId?: string | undefined;
  LaunchTemplateName?: string | undefined;
}

/**
 * The template that a call names, by id or by name.
 *
 * @throws AwsError `MissingParameter`, `InvalidParameterCombination`, `InvalidLaunchTemplateId.NotFound`,
 * `InvalidLaunchTemplateName.NotFoundException`
 */
export function findLaunchTemplate(
  { launchTemplates }: Network,
  { LaunchTemplateId: id, LaunchTemplateName: name }: Named,
): LaunchTemplate {
  if (id === undefined && name === undefined) {
    throw new AwsError(
      'MissingParameter',
      'Either a launch template ID or a launch template name must be specified in the request',
    );
  }
  if (id !== undefined && name !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'The launch template ID and the launch template name must not be used at the same time',
    );
  }
  return name === undefined ? byId(launchTemplates, id ?? '') : byName(launchTemplates, name);
}

/** @throws AwsError `InvalidLaunchTemplateId.VersionNotFound` */
export function findVersion(template: LaunchTemplate, version: string): LaunchTemplateVersion {
  const found = versionOf(template, version);
  if (found) return found;
  throw new AwsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${version} for the launch template with ID ${template.id}.`,
  );
}

export function byId(templates: ReadonlyMap<string, LaunchTemplate>, id: string): LaunchTemplate {
  const found = templates.get(id);
  if (found) return found;
  throw new AwsError(
    'InvalidLaunchTemplateId.NotFound',
    `The specified launch template, with template ID ${id}, does not exist.`,
  );
}

export function byName(templates: ReadonlyMap<string, LaunchTemplate>, name: string): LaunchTemplate {
  const found = [...templates.values()].find((template) => template.name === name);
  if (found) return found;
  throw new AwsError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${name}, does not exist.`,
  );
}
