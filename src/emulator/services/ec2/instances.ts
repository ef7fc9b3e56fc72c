import type { EC2, Instance as InstanceDescription, InstanceStatus } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { writeTags } from '../../core/tags.ts';
import { type Instance, type InstanceState, privateAddress } from '../../world/network/instance.ts';
import { applyFilters, type Filterable } from './filters.ts';
import { findAll } from './lookup.ts';
import { page } from './pages.ts';
import { launchOptions } from './run-instances.ts';

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
    const { MinCount: least = 1, MaxCount: most = least } = input;
    if (least < 1 || most < least) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${least}, ${most}) for parameter MinCount, MaxCount is invalid`,
      );
    }
    const options = launchOptions(input, cell);
    const launched = Array.from({ length: most }, () =>
      cell.machines.launch({ ...options, tags: new Map(options.tags) }),
    );
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
  DescribeInstanceStatus(input, { cell }) {
    const asked = findAll(cell.network.instances, input.InstanceIds, 'InvalidInstanceID', 'instance ID');
    const told = asked.filter(({ state }) => state === 'running' || input.IncludeAllInstances);
    const { items, nextToken } = page(applyFilters(told, input.Filters, filterable), input);
    return { InstanceStatuses: items.map(describeStatus), NextToken: nextToken };
  },
  TerminateInstances({ InstanceIds = [] }, { cell }) {
    const asked = findAll(cell.network.instances, InstanceIds, 'InvalidInstanceID', 'instance ID');
    const TerminatingInstances = asked.map((instance) => {
      const PreviousState = describeState(instance.state);
      cell.machines.terminate(instance);
      return { InstanceId: instance.id, PreviousState, CurrentState: describeState(instance.state) };
    });
    return { TerminatingInstances };
  },
};

function describeStatus(instance: Instance): InstanceStatus {
  const { state, isImpaired } = instance;
  const running = isImpaired ? 'impaired' : 'ok';
  const summary = { Status: state === 'running' ? running : 'not-applicable' } as const;
  return {
    InstanceId: instance.id,
    AvailabilityZone: instance.interface.availabilityZone,
    InstanceState: describeState(state),
    InstanceStatus: summary,
    SystemStatus: summary,
  };
}

function describeState(state: InstanceState): { Code: number; Name: InstanceState } {
  return { Code: codes[state], Name: state };
}

function describe(instance: Instance): InstanceDescription {
  const { interface: held, state, failure, instanceProfileArn } = instance;
  const isThere = state !== 'terminated';
  return {
    InstanceId: instance.id,
    ImageId: instance.imageId,
    InstanceType: instance.instanceType as InstanceDescription['InstanceType'],
    LaunchTime: new Date(instance.launchedAt),
    State: describeState(state),
    ...(failure !== undefined && {
      StateTransitionReason: failure,
      StateReason: { Code: failure.split(':')[0], Message: failure },
    }),
    ...(instanceProfileArn !== undefined && { IamInstanceProfile: { Arn: instanceProfileArn } }),
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
