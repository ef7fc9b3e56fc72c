import type { EC2, Instance as InstanceDescription } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { deregister } from '../../world/load-balancing/registration.ts';
import {
  type Instance,
  type InstanceState,
  launchInstance,
  privateAddress,
  terminateInstance,
} from '../../world/network/instance.ts';
import type { Network } from '../../world/network/network.ts';
import type { Subnet } from '../../world/network/vpc.ts';
import { applyFilters, type Filterable } from './filters.ts';
import { find, findAll } from './lookup.ts';
import { defaultGroup } from './network-interfaces.ts';
import { page } from './pages.ts';
import { specifiedTags, writeTags } from './tags.ts';

/** How long an instance is `pending`. */
const startTime = 10_000;

const codes: Readonly<Record<InstanceState, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

const filterable: Filterable<Instance> = {
  'instance-id': ({ id }) => [id],
  'instance-state-name': ({ state }) => [state],
  'instance-type': ({ instanceType }) => [instanceType],
  'private-ip-address': (instance) => [privateAddress(instance)],
  'subnet-id': (instance) => [instance.interface.subnetId],
  'vpc-id': (instance) => [instance.interface.vpcId],
  'availability-zone': (instance) => [instance.interface.availabilityZone],
};

export const instances: Operations<EC2> = {
  RunInstances(input, { cell }) {
    const { MinCount: least = 1, MaxCount: most = least, ImageId: imageId = '' } = input;
    if (least < 1 || most < least) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${least}, ${most}) for parameter MinCount, MaxCount is invalid`,
      );
    }
    if (!/^ami-[0-9a-f]+$/.test(imageId))
      throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${imageId}" (expecting "ami-...")`);
    const subnet = chooseSubnet(cell.network, input.SubnetId);
    for (const id of input.SecurityGroupIds ?? [])
      find(cell.network.securityGroups, id, 'InvalidGroup', 'security group');
    const launched = Array.from({ length: most }, () =>
      launchInstance(cell.network, {
        account: cell.account,
        subnet,
        imageId,
        instanceType: input.InstanceType ?? 'm1.small',
        securityGroupIds: input.SecurityGroupIds ?? defaultGroup(cell.network, subnet.vpcId),
        launchedAt: cell.clock.now(),
        address: input.PrivateIpAddress,
        tags: specifiedTags(
          input.TagSpecifications?.filter(({ ResourceType }) => ResourceType === 'instance'),
        ),
      }),
    );
    for (const instance of launched)
      cell.clock.after(startTime, () => move(cell, instance, 'pending', 'running'));
    return {
      ReservationId: cell.network.newId('r'),
      OwnerId: cell.account,
      Instances: launched.map(describe),
    };
  },
  DescribeInstances(input, { cell }) {
    const asked = findAll(cell.network.instances, input.InstanceIds, 'InvalidInstanceID', 'instance ID');
    const { items, nextToken } = page(applyFilters(asked, input.Filters, filterable), input);
    const Reservations = items.map((instance) => ({
      ReservationId: `r${instance.id.slice(1)}`,
      OwnerId: cell.account,
      Instances: [describe(instance)],
    }));
    return { Reservations, NextToken: nextToken };
  },
  TerminateInstances({ InstanceIds = [] }, { cell }) {
    const asked = findAll(cell.network.instances, InstanceIds, 'InvalidInstanceID', 'instance ID');
    const TerminatingInstances = asked.map((instance) => {
      const PreviousState = describeState(instance.state);
      if (instance.state !== 'terminated') terminate(cell, instance);
      return { InstanceId: instance.id, PreviousState, CurrentState: describeState(instance.state) };
    });
    cell.loadBalancing.changes.announce();
    return { TerminatingInstances };
  },
};

/** Elastic Load Balancing deregisters what is terminated. */
function terminate(cell: Cell, instance: Instance): void {
  terminateInstance(cell.network, instance);
  for (const group of cell.loadBalancing.targetGroups.values()) {
    for (const { id, port } of [...group.registrations.values()]) {
      if (id === instance.id) deregister(cell.loadBalancing, cell.clock, group, id, port);
    }
  }
}

function move(cell: Cell, instance: Instance, from: InstanceState, to: InstanceState): void {
  if (instance.state !== from) return;
  instance.state = to;
  cell.loadBalancing.changes.announce();
}

function chooseSubnet(network: Network, id: string | undefined): Subnet {
  if (id !== undefined) return find(network.subnets, id, 'InvalidSubnetID', 'subnet ID');
  const preset = [...network.subnets.values()].find(({ defaultForAz }) => defaultForAz);
  if (preset) return preset;
  throw new AwsError('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
}

function describeState(state: InstanceState): { Code: number; Name: InstanceState } {
  return { Code: codes[state], Name: state };
}

function describe(instance: Instance): InstanceDescription {
  const { interface: held, state } = instance;
  const isThere = state !== 'terminated';
  return {
    InstanceId: instance.id,
    ImageId: instance.imageId,
    InstanceType: instance.instanceType as InstanceDescription['InstanceType'],
    LaunchTime: new Date(instance.launchedAt),
    State: describeState(state),
    Placement: { AvailabilityZone: held.availabilityZone, Tenancy: 'default' },
    ...(isThere && {
      PrivateIpAddress: privateAddress(instance),
      SubnetId: held.subnetId,
      VpcId: held.vpcId,
      SecurityGroups: held.securityGroupIds.map((GroupId) => ({ GroupId })),
      NetworkInterfaces: [{ NetworkInterfaceId: held.id, PrivateIpAddress: privateAddress(instance) }],
    }),
    Tags: writeTags(instance.tags),
  };
}
