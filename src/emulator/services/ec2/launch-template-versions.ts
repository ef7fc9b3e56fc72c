import type {
  DescribeLaunchTemplateVersionsRequest,
  EC2,
  RequestLaunchTemplateData,
  ResponseError,
  ResponseLaunchTemplateData,
  LaunchTemplateVersion as VersionDescription,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Call, Operations } from '../../core/service.ts';
import type { LaunchTemplate, LaunchTemplateVersion } from '../../world/network/launch-template.ts';
import { findLaunchTemplate, findVersion } from './launch-template-lookup.ts';
import { page } from './pages.ts';

export const launchTemplateVersions: Operations<EC2> = {
  CreateLaunchTemplateVersion(input, call) {
    const template = findLaunchTemplate(call.cell.network, input);
    const { SourceVersion: source, LaunchTemplateData: data = {} } = input;
    const inherited = source === undefined ? {} : findVersion(template, source).data;
    const made = addVersion(template, { ...inherited, ...data }, call, input.VersionDescription);
    return { LaunchTemplateVersion: describeVersion(template, made) };
  },
  DescribeLaunchTemplateVersions(input, { cell: { network } }) {
    const isNamed = input.LaunchTemplateId !== undefined || input.LaunchTemplateName !== undefined;
    const templates = isNamed
      ? [findLaunchTemplate(network, input)]
      : allTemplates(network.launchTemplates, input);
    const asked = templates.flatMap((template) =>
      askedVersions(template, input).map((version) => ({
        id: `${template.id} ${String(version.number).padStart(6, '0')}`,
        description: describeVersion(template, version),
      })),
    );
    const { items, nextToken } = page(asked, input, { least: 1, most: 200 });
    return { LaunchTemplateVersions: items.map(({ description }) => description), NextToken: nextToken };
  },
  DeleteLaunchTemplateVersions(input, { cell }) {
    const template = findLaunchTemplate(cell.network, input);
    const deleted: number[] = [];
    const kept: { VersionNumber: number; ResponseError: ResponseError }[] = [];
    for (const number of (input.Versions ?? []).map(Number)) {
      const reason = whyKept(template, number);
      if (reason) kept.push({ VersionNumber: number, ResponseError: reason });
      else if (template.versions.delete(number)) deleted.push(number);
    }
    const named = { LaunchTemplateId: template.id, LaunchTemplateName: template.name };
    return {
      SuccessfullyDeletedLaunchTemplateVersions: deleted.map((VersionNumber) => ({
        ...named,
        VersionNumber,
      })),
      UnsuccessfullyDeletedLaunchTemplateVersions: kept.map((one) => ({ ...named, ...one })),
    };
  },
};

export function addVersion(
  template: LaunchTemplate,
  data: RequestLaunchTemplateData,
  { cell, caller }: Call,
  description: string | undefined,
): LaunchTemplateVersion {
  template.createdVersions++;
  const made: LaunchTemplateVersion = {
    number: template.createdVersions,
    description,
    createdAt: cell.clock.now(),
    createdBy: caller,
    data,
  };
  template.versions.set(made.number, made);
  return made;
}

/** Without a template named, AWS tells of all templates' latest or default versions only. */
function allTemplates(
  templates: ReadonlyMap<string, LaunchTemplate>,
  { Versions: versions = [] }: DescribeLaunchTemplateVersionsRequest,
): LaunchTemplate[] {
  if (versions.length > 0 && versions.every((version) => version.startsWith('$')))
    return [...templates.values()];
  throw new AwsError(
    'MissingParameter',
    'Either a launch template ID or a launch template name must be specified in the request',
  );
}

function askedVersions(
  template: LaunchTemplate,
  input: DescribeLaunchTemplateVersionsRequest,
): LaunchTemplateVersion[] {
  const { Versions: versions = [], MinVersion: least = '1', MaxVersion: most = '$Latest' } = input;
  if (versions.length > 0) return versions.map((version) => findVersion(template, version));
  const last = findVersion(template, most).number;
  return [...template.versions.values()].filter(({ number }) => number >= Number(least) && number <= last);
}

function whyKept(template: LaunchTemplate, number: number): ResponseError | undefined {
  if (number === template.defaultVersion) {
    return {
      Code: 'unexpectedError',
      Message: `The default version ${number} of the launch template cannot be deleted.`,
    };
  }
  if (template.versions.has(number)) return undefined;
  return {
    Code: 'launchTemplateVersionDoesNotExist',
    Message: `Could not find the specified version ${number} for the launch template with ID ${template.id}.`,
  };
}

function describeVersion(template: LaunchTemplate, version: LaunchTemplateVersion): VersionDescription {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    VersionNumber: version.number,
    VersionDescription: version.description,
    CreateTime: new Date(version.createdAt),
    CreatedBy: version.createdBy,
    DefaultVersion: version.number === template.defaultVersion,
    LaunchTemplateData: version.data as ResponseLaunchTemplateData,
  };
}
