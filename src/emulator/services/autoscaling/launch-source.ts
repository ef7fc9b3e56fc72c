import type { LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { LaunchSource } from '../../world/auto-scaling/auto-scaling-group.ts';
import { launchSpecification } from '../../world/auto-scaling/launch-specification.ts';
import { findLaunchTemplate } from '../ec2/launch-template-lookup.ts';

interface Launching {
  LaunchConfigurationName?: string | undefined;
  LaunchTemplate?: LaunchTemplateSpecification | undefined;
  MixedInstancesPolicy?: unknown;
  InstanceId?: string | undefined;
}

/**
 * What a call says that a group launches from; undefined where it says nothing.
 *
 * @throws AwsError `ValidationError` where it says two things, or what is not there
 */
export function readSource(input: Launching, cell: Cell): LaunchSource | undefined {
  const { LaunchConfigurationName: configuration, LaunchTemplate: template } = input;
  refuseOthers(input);
  if (configuration !== undefined && template) throw either();
  const source = template ? fromTemplate(template, cell) : fromConfiguration(configuration);
  if (source) launchSpecification(source, cell);
  return source;
}

export function either(): AwsError {
  return new AwsError(
    'ValidationError',
    'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
  );
}

export function describeSource(source: LaunchSource): {
  LaunchConfigurationName?: string;
  LaunchTemplate?: LaunchTemplateSpecification;
} {
  if (source.kind === 'configuration') return { LaunchConfigurationName: source.name };
  const { id, name, version } = source;
  return { LaunchTemplate: { LaunchTemplateId: id, LaunchTemplateName: name, Version: version } };
}

function refuseOthers({ MixedInstancesPolicy, InstanceId }: Launching): void {
  if (MixedInstancesPolicy === undefined && InstanceId === undefined) return;
  const member = InstanceId === undefined ? 'MixedInstancesPolicy' : 'InstanceId';
  throw new AwsError(
    'ValidationError',
    `${member} is not part of this local AWS: use LaunchTemplate or LaunchConfigurationName`,
  );
}

function fromConfiguration(name: string | undefined): LaunchSource | undefined {
  return name === undefined ? undefined : { kind: 'configuration', name };
}

function fromTemplate(named: LaunchTemplateSpecification, { network }: Cell): LaunchSource {
  try {
    const { id, name } = findLaunchTemplate(network, named);
    return { kind: 'template', id, name, version: named.Version ?? '$Default' };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      'ValidationError',
      `You must use a valid fully-formed launch template. ${error.message}`,
    );
  }
}
