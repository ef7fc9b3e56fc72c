import type { AutoScalingGroup as GroupDescription, Instance } from '@aws-sdk/client-auto-scaling';
import type { Cell } from '../../core/cell.ts';
import type { AutoScalingGroup, Member } from '../../world/auto-scaling/auto-scaling-group.ts';
import { describeSource } from './launch-source.ts';
import { describeTags } from './tags.ts';
import { trafficSourceType } from './traffic-sources.ts';

/** A group as `DescribeAutoScalingGroups` tells it. */
export function describeGroup(group: AutoScalingGroup, { network }: Cell): GroupDescription {
  const targetGroupArns = [...group.targetGroupArns];
  const zones = group.subnetIds.flatMap((id) => network.subnets.get(id)?.availabilityZone ?? []);
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    ...describeSource(group.source),
    MinSize: group.minSize,
    MaxSize: group.maxSize,
    DesiredCapacity: group.desiredCapacity,
    DefaultCooldown: group.defaultCooldown,
    AvailabilityZones: [...new Set(zones)],
    LoadBalancerNames: [],
    TargetGroupARNs: targetGroupArns,
    TrafficSources: targetGroupArns.map((Identifier) => ({ Identifier, Type: trafficSourceType })),
    HealthCheckType: group.healthCheckType,
    HealthCheckGracePeriod: group.healthCheckGracePeriod,
    Instances: [...group.members.values()].map(describeMember),
    CreatedTime: new Date(group.createdAt),
    SuspendedProcesses: [...group.suspendedProcesses].map(([ProcessName, at]) => ({
      ProcessName,
      SuspensionReason: `User suspended at ${new Date(at).toISOString()}`,
    })),
    VPCZoneIdentifier: group.subnetIds.join(','),
    EnabledMetrics: [],
    ...(group.isBeingDeleted && { Status: 'Delete in progress' }),
    Tags: describeTags(group),
    TerminationPolicies: group.terminationPolicies,
    NewInstancesProtectedFromScaleIn: group.newInstancesProtectedFromScaleIn,
    ServiceLinkedRoleARN: group.serviceLinkedRoleArn,
    CapacityRebalance: group.capacityRebalance,
    ...(group.maxInstanceLifetime > 0 && { MaxInstanceLifetime: group.maxInstanceLifetime }),
    ...(group.defaultInstanceWarmup !== undefined && { DefaultInstanceWarmup: group.defaultInstanceWarmup }),
  };
}

export function describeMember(member: Member): Instance {
  const { instance, lifecycleState, source } = member;
  return {
    InstanceId: instance.id,
    InstanceType: instance.instanceType,
    AvailabilityZone: instance.interface.availabilityZone,
    LifecycleState: lifecycleState,
    HealthStatus: member.healthStatus,
    ...describeSource(source),
    ProtectedFromScaleIn: member.isProtectedFromScaleIn,
  };
}
