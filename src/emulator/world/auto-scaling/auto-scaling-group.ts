import type { Instance } from '../network/instance.ts';
import type { Activity } from './activity.ts';
import type { ScalingPolicy } from './scaling-policy.ts';

/** What a group launches its instances from. */
export type LaunchSource =
  | { kind: 'configuration'; name: string }
  /** A version's number, `$Latest` or `$Default`. */
  | { kind: 'template'; id: string; name: string; version: string };

export type LifecycleState = 'Pending' | 'InService' | 'Terminating';

/** An instance in a group. */
export interface Member {
  instance: Instance;
  lifecycleState: LifecycleState;
  healthStatus: 'Healthy' | 'Unhealthy';
  isProtectedFromScaleIn: boolean;
  /** What it was launched from; a version by its number. */
  source: LaunchSource;
  /** When it went into service: its grace period begins. */
  inServiceAt: number;
  /** Whether it ends only when it has drained. */
  waitsForDraining: boolean;
  /** What is under way with it. */
  activity: Activity;
}

export interface GroupTag {
  value: string;
  /** Whether instances launched from now on get it too. */
  propagateAtLaunch: boolean;
}

/** What a group is told to be. */
export interface GroupSettings {
  minSize: number;
  maxSize: number;
  desiredCapacity: number;
  /** Seconds. */
  defaultCooldown: number;
  source: LaunchSource;
  subnetIds: string[];
  healthCheckType: 'EC2' | 'ELB';
  /** Seconds for which an instance in service need not be healthy yet. */
  healthCheckGracePeriod: number;
  terminationPolicies: string[];
  newInstancesProtectedFromScaleIn: boolean;
  capacityRebalance: boolean;
  serviceLinkedRoleArn: string;
  /** Seconds; 0 for no end. */
  maxInstanceLifetime: number;
  /** Seconds. */
  defaultInstanceWarmup: number | undefined;
}

export interface AutoScalingGroup extends GroupSettings {
  name: string;
  arn: string;
  createdAt: number;
  /** ARNs of the groups that its instances are registered with. */
  targetGroupArns: Set<string>;
  /** Those that it has left, as long as its instances drain there. */
  leavingTargetGroupArns: Set<string>;
  tags: Map<string, GroupTag>;
  /** By process, the time. */
  suspendedProcesses: Map<string, number>;
  /** By the instance's id. */
  members: Map<string, Member>;
  /** The newest first. */
  activities: Activity[];
  /** By name. */
  policies: Map<string, ScalingPolicy>;
  isBeingDeleted: boolean;
  /** When the last launch or termination ended, which cooldowns begin with. */
  lastScaledAt: number;
}

/** Those that count: what terminates is on its way out. */
export function currentMembers({ members }: AutoScalingGroup): Member[] {
  return [...members.values()].filter(({ lifecycleState }) => lifecycleState !== 'Terminating');
}

export function isSuspended({ suspendedProcesses }: AutoScalingGroup, process: ScalingProcess): boolean {
  return suspendedProcesses.has(process);
}

export const scalingProcesses = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
] as const;

export type ScalingProcess = (typeof scalingProcesses)[number];
