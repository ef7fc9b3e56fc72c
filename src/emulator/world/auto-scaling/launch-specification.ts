import { AwsError } from '../../core/aws-error.ts';
import { type LaunchTemplate, versionOf } from '../network/launch-template.ts';
import type { Network } from '../network/network.ts';
import type { AutoScaling } from './auto-scaling.ts';
import type { LaunchSource } from './auto-scaling-group.ts';
import type { LaunchConfiguration } from './launch-configuration.ts';

/** How a group's next instance is launched. */
export interface LaunchSpecification {
  /** A version by its number: what the instance will have been launched from. */
  source: LaunchSource;
  imageId: string;
  instanceType: string;
  securityGroupIds: string[] | undefined;
  instanceProfile: string | undefined;
  userData: string | undefined;
  tags: [key: string, value: string][];
}

/** @throws AwsError `ValidationError` where it is gone, or does not say what to launch */
export function launchSpecification(
  source: LaunchSource,
  { network, autoScaling }: { network: Network; autoScaling: AutoScaling },
): LaunchSpecification {
  if (source.kind === 'configuration') {
    const configuration = autoScaling.launchConfigurations.get(source.name);
    if (configuration) return fromConfiguration(source, configuration);
    throw new AwsError('ValidationError', `Launch configuration name not found - ${source.name}`);
  }
  const template = network.launchTemplates.get(source.id);
  if (template) return fromTemplate(source.version, template);
  throw new AwsError(
    'ValidationError',
    `You must use a valid fully-formed launch template. The specified launch template, with template ID ${source.id}, does not exist.`,
  );
}

function fromConfiguration(source: LaunchSource, held: LaunchConfiguration): LaunchSpecification {
  const { imageId, instanceType, securityGroupIds, iamInstanceProfile, userData } = held;
  return {
    source,
    imageId,
    instanceType,
    securityGroupIds: securityGroupIds.length > 0 ? securityGroupIds : undefined,
    instanceProfile: iamInstanceProfile,
    userData,
    tags: [],
  };
}

function fromTemplate(wanted: string, template: LaunchTemplate): LaunchSpecification {
  const version = versionOf(template, wanted);
  const { id, name } = template;
  if (!version) {
    throw new AwsError(
      'ValidationError',
      `You must use a valid fully-formed launch template. The specified launch template version, ${wanted}, of ${id} does not exist.`,
    );
  }
  const { ImageId: imageId, InstanceType: instanceType, ...data } = version.data;
  if (imageId === undefined) {
    throw new AwsError(
      'ValidationError',
      'You must use a valid fully-formed launch template. The request must contain the parameter ImageId',
    );
  }
  const [primary] = data.NetworkInterfaces ?? [];
  const tags = (data.TagSpecifications ?? []).filter(({ ResourceType }) => ResourceType === 'instance');
  return {
    source: { kind: 'template', id, name, version: String(version.number) },
    imageId,
    instanceType: instanceType ?? 'm1.small',
    securityGroupIds: data.SecurityGroupIds ?? primary?.Groups,
    instanceProfile: data.IamInstanceProfile?.Arn ?? data.IamInstanceProfile?.Name,
    userData: data.UserData,
    tags: tags.flatMap(({ Tags = [] }) => Tags).map(({ Key = '', Value = '' }) => [Key, Value]),
  };
}
