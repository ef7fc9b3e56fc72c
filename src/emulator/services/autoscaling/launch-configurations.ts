import type {
  AutoScaling,
  LaunchConfiguration as ConfigurationDescription,
  CreateLaunchConfigurationType,
} from '@aws-sdk/client-auto-scaling';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { Operations } from '../../core/service.ts';
import type { LaunchConfiguration } from '../../world/auto-scaling/launch-configuration.ts';
import { page } from './pages.ts';

export const launchConfigurations: Operations<AutoScaling> = {
  CreateLaunchConfiguration(input, { cell }) {
    const made = readConfiguration(input, cell);
    if (cell.autoScaling.launchConfigurations.has(made.name)) {
      throw new AwsError(
        'AlreadyExists',
        `Launch Configuration by this name already exists - A launch configuration already exists with the name ${made.name}`,
      );
    }
    cell.autoScaling.launchConfigurations.set(made.name, made);
    return {};
  },
  DescribeLaunchConfigurations(input, { cell: { autoScaling } }) {
    const { LaunchConfigurationNames: names } = input;
    const all = [...autoScaling.launchConfigurations.values()];
    const asked = names?.length ? all.filter(({ name }) => names.includes(name)) : all;
    const { items, nextToken } = page(asked, ({ name }) => name, input);
    return { LaunchConfigurations: items.map(describe), NextToken: nextToken };
  },
  DeleteLaunchConfiguration({ LaunchConfigurationName: name = '' }, { cell: { autoScaling } }) {
    if (!autoScaling.launchConfigurations.has(name)) {
      throw new AwsError(
        'ValidationError',
        `Launch configuration name not found - Launch configuration ${name} not found`,
      );
    }
    const user = [...autoScaling.groups.values()].find(
      ({ source }) => source.kind === 'configuration' && source.name === name,
    );
    if (user) {
      throw new AwsError(
        'ResourceInUse',
        `Cannot delete launch configuration ${name} because it is attached to AutoScalingGroup ${user.name}`,
      );
    }
    autoScaling.launchConfigurations.delete(name);
    return {};
  },
};

function readConfiguration(input: CreateLaunchConfigurationType, cell: Cell): LaunchConfiguration {
  const { LaunchConfigurationName: name = '', ImageId: imageId, InstanceType: instanceType } = input;
  if (imageId === undefined || instanceType === undefined) {
    throw new AwsError(
      'ValidationError',
      'Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.',
    );
  }
  return {
    name,
    arn: `arn:aws:autoscaling:${cell.region}:${cell.account}:launchConfiguration:${uuid(cell.random)}:launchConfigurationName/${name}`,
    createdAt: cell.clock.now(),
    imageId,
    instanceType,
    keyName: input.KeyName,
    securityGroupIds: input.SecurityGroups ?? [],
    userData: input.UserData,
    iamInstanceProfile: input.IamInstanceProfile,
    ebsOptimized: input.EbsOptimized ?? false,
    detailedMonitoring: input.InstanceMonitoring?.Enabled ?? true,
    associatePublicIpAddress: input.AssociatePublicIpAddress,
  };
}

function describe(held: LaunchConfiguration): ConfigurationDescription {
  return {
    LaunchConfigurationName: held.name,
    LaunchConfigurationARN: held.arn,
    ImageId: held.imageId,
    InstanceType: held.instanceType,
    KeyName: held.keyName ?? '',
    SecurityGroups: held.securityGroupIds,
    UserData: held.userData ?? '',
    IamInstanceProfile: held.iamInstanceProfile,
    EbsOptimized: held.ebsOptimized,
    InstanceMonitoring: { Enabled: held.detailedMonitoring },
    AssociatePublicIpAddress: held.associatePublicIpAddress,
    BlockDeviceMappings: [],
    ClassicLinkVPCSecurityGroups: [],
    CreatedTime: new Date(held.createdAt),
  };
}
