import { isIPv6 } from 'node:net';
import type {
  ElasticLoadBalancingV2,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { deregister, register } from '../../world/load-balancing/registration.ts';
import { type Registration, type TargetGroup, targetKey } from '../../world/load-balancing/target-group.ts';
import { includes } from '../../world/network/cidr.ts';
import { cidrsOf } from '../../world/network/vpc.ts';
import { refuseAlbTarget, refuseSecondAlb } from './alb-targets.ts';
import { refuseInstanceTarget } from './instance-targets.ts';
import { findTargetGroup } from './lookup.ts';

/** Targets that a group of addresses holds at the most. */
const targetLimit = 1000;

/** Times that one target may be registered with a load balancer, over all its groups and ports. */
const registrationLimit = 100;

/** What a group may hold besides its VPC's own addresses. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

export const targets: Operations<ElasticLoadBalancingV2> = {
  RegisterTargets({ TargetGroupArn, Targets = [] }, { cell }) {
    const group = findTargetGroup(cell, TargetGroupArn);
    for (const target of Targets) refuseTarget(cell, group, target);
    refuseTooMany(group, Targets);
    refuseTooManyRegistrations(cell, group, Targets);
    cell.loadBalancing.changes.together(() => {
      for (const { Id: id = '', Port: port = group.port, AvailabilityZone: availabilityZone } of Targets) {
        register(cell.loadBalancing, group, { id, port, availabilityZone });
      }
    });
    return {};
  },
  DeregisterTargets({ TargetGroupArn, Targets = [] }, { cell }) {
    const group = findTargetGroup(cell, TargetGroupArn);
    // Without a port the group's own is meant: a target registered on another stays, and nobody is told (FM10).
    cell.loadBalancing.changes.together(() => {
      for (const { Id: id = '', Port: port = group.port } of Targets) {
        deregister(cell.loadBalancing, cell.clock, group, id, port);
      }
    });
    return {};
  },
  DescribeTargetHealth({ TargetGroupArn, Targets }, { cell }) {
    const group = findTargetGroup(cell, TargetGroupArn);
    if (!Targets?.length)
      return {
        TargetHealthDescriptions: [...group.registrations.values()].map((held) => describe(group, held)),
      };
    return {
      TargetHealthDescriptions: Targets.map(({ Id: id = '', Port: port = group.port }) => {
        const held = group.registrations.get(targetKey(id, port));
        return held ? describe(group, held) : notRegistered(id, port);
      }),
    };
  },
};

function refuseTarget(cell: Cell, group: TargetGroup, target: TargetDescription): void {
  const { Id: id = '', Port: port = group.port } = target;
  if (port < 1 || port > 65535)
    throw new AwsError('ValidationError', `The port '${port}' of target '${id}' is not valid`);
  const refuse = { ip: refuseAddress, alb: refuseAlbTarget, instance: refuseInstanceTarget }[
    group.targetType
  ];
  refuse(cell, group, target);
}

function refuseAddress(
  cell: Cell,
  group: TargetGroup,
  { Id: id = '', AvailabilityZone: zone }: TargetDescription,
): void {
  if (isIPv6(id) !== (group.ipAddressType === 'ipv6')) {
    throw new AwsError('ValidationError', `The IP address '${id}' is not of the type ${group.ipAddressType}`);
  }
  const vpc = cell.network.vpcs.get(group.vpcId);
  const inside = vpc !== undefined && cidrsOf(vpc).some((cidr) => includes(cidr, id));
  if (!inside && !isIPv6(id) && !privateRanges.some((range) => includes(range, id))) {
    throw new AwsError(
      'ValidationError',
      `The IP address '${id}' is not a valid IPv4 address in a private range, or not within the VPC`,
    );
  }
  if (inside && zone === 'all') {
    throw new AwsError(
      'ValidationError',
      `The IP address '${id}' is within the VPC, and cannot have its Availability Zone overridden to 'all'`,
    );
  }
  if (!inside && zone !== 'all') {
    throw new AwsError(
      'ValidationError',
      `An Availability Zone must be specified for '${id}', which is outside the VPC of the target group: use 'all'`,
    );
  }
}

function refuseTooMany(group: TargetGroup, wanted: readonly TargetDescription[]): void {
  const keys = new Set(group.registrations.keys());
  for (const { Id = '', Port = group.port } of wanted) keys.add(targetKey(Id, Port));
  refuseSecondAlb(group, keys);
  if (keys.size > targetLimit) {
    throw new AwsError(
      'TooManyTargets',
      `The maximum number of targets for target group '${group.arn}' has been reached`,
    );
  }
}

function refuseTooManyRegistrations(
  cell: Cell,
  group: TargetGroup,
  wanted: readonly TargetDescription[],
): void {
  for (const { arn } of cell.loadBalancing.usersOf(group.arn)) {
    const served = [...cell.loadBalancing.targetGroups.values()].filter((other) =>
      cell.loadBalancing.usersOf(other.arn).some((user) => user.arn === arn),
    );
    const held = served.flatMap(({ registrations }) => [...registrations.values()]);
    for (const { Id = '', Port = group.port } of wanted) {
      if (group.registrations.has(targetKey(Id, Port))) continue;
      if (held.filter(({ id }) => id === Id).length < registrationLimit) continue;
      throw new AwsError(
        'TooManyRegistrationsForTargetId',
        `The target '${Id}' is registered ${registrationLimit} times with the load balancer '${arn}', which is the most`,
      );
    }
  }
}

function describe(group: TargetGroup, held: Registration): TargetHealthDescription {
  const { port } = group.healthCheck;
  return {
    Target: { Id: held.id, Port: held.port, AvailabilityZone: held.availabilityZone },
    HealthCheckPort: port === 'traffic-port' ? String(held.port) : port,
    TargetHealth: { State: held.state, Reason: held.reason, Description: held.description },
  };
}

function notRegistered(id: string, port: number): TargetHealthDescription {
  return {
    Target: { Id: id, Port: port },
    TargetHealth: {
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    },
  };
}
