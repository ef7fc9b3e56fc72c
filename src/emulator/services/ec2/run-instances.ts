import type { RunInstancesRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { LaunchOptions } from '../../world/network/instance.ts';
import type { Network } from '../../world/network/network.ts';
import type { Subnet } from '../../world/network/vpc.ts';
import { findLaunchTemplate, findVersion } from './launch-template-lookup.ts';
import { find } from './lookup.ts';
import { specifiedTags } from './tags.ts';

/**
 * How `RunInstances` wants its instances; what the call says goes before what its launch template says.
 *
 * @throws AwsError for what is malformed, missing or not there
 */
export function launchOptions(
  input: RunInstancesRequest,
  { network, identity }: Cell,
): Omit<LaunchOptions, 'account' | 'launchedAt'> {
  const wanted = withTemplate(input, network);
  const { ImageId: imageId = '', NetworkInterfaces: [primary] = [] } = wanted;
  if (!/^ami-[0-9a-f]+$/.test(imageId))
    throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${imageId}" (expecting "ami-...")`);
  const subnet = chooseSubnet(network, wanted.SubnetId ?? primary?.SubnetId);
  const securityGroupIds = wanted.SecurityGroupIds ?? primary?.Groups;
  for (const id of securityGroupIds ?? []) find(network.securityGroups, id, 'InvalidGroup', 'security group');
  const { Arn: profileArn, Name: profileName } = wanted.IamInstanceProfile ?? {};
  const profile = profileArn ?? profileName;
  return {
    subnet,
    imageId,
    instanceType: wanted.InstanceType ?? 'm1.small',
    securityGroupIds: securityGroupIds ?? network.defaultGroupOf(subnet.vpcId),
    address: wanted.PrivateIpAddress ?? primary?.PrivateIpAddress,
    instanceProfileArn: profile && identity.instanceProfileArn(profile),
    userData: wanted.UserData,
    tags: specifiedTags(wanted.TagSpecifications?.filter(({ ResourceType }) => ResourceType === 'instance')),
  };
}

function withTemplate(input: RunInstancesRequest, network: Network): RunInstancesRequest {
  if (!input.LaunchTemplate) return input;
  const template = findLaunchTemplate(network, input.LaunchTemplate);
  const { data } = findVersion(template, input.LaunchTemplate.Version ?? '$Default');
  return { ...(data as Partial<RunInstancesRequest>), ...input };
}

function chooseSubnet(network: Network, id: string | undefined): Subnet {
  if (id !== undefined) return find(network.subnets, id, 'InvalidSubnetID', 'subnet ID');
  const preset = [...network.subnets.values()].find(({ defaultForAz }) => defaultForAz);
  if (preset) return preset;
  throw new AwsError('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
}
