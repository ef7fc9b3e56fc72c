import { type Clock, every, type Timer } from '../../clock/clock.ts';
import { AwsError } from '../../core/aws-error.ts';
import type { Random } from '../../core/random.ts';
import type { Machines } from '../compute/machines.ts';
import type { Identity } from '../identity/identity.ts';
import type { LoadBalancing } from '../load-balancing/load-balancing.ts';
import type { Instance } from '../network/instance.ts';
import type { Network } from '../network/network.ts';
import { Activities } from './activities.ts';
import type { Activity } from './activity.ts';
import type { AutoScaling } from './auto-scaling.ts';
import { type AutoScalingGroup, currentMembers, isSuspended, type Member } from './auto-scaling-group.ts';
import { memberToTerminate, subnetForLaunch } from './choices.ts';
import { type LaunchSpecification, launchSpecification } from './launch-specification.ts';
import { whyUnhealthy } from './member-health.ts';
import { trackedCapacity } from './target-tracking.ts';
import { Traffic } from './traffic.ts';

/** How often a group's instances are looked at. AWS documents no such number. */
const healthCheckPeriod = 15_000;

/** How long after a launch that failed the next is tried. */
const retryDelay = 60_000;

/** Brings groups to their desired capacity: launches, puts into service, replaces, drains and terminates. */
export class AutoScaler {
  readonly traffic: Traffic;
  readonly #world: AutoScalerWorld;
  readonly #activities: Activities;
  readonly #timers: Map<AutoScalingGroup, Timer> = new Map();
  readonly #retryAt: Map<AutoScalingGroup, number> = new Map();

  constructor(world: AutoScalerWorld) {
    this.#world = world;
    this.#activities = new Activities(world.clock, world.random);
    this.traffic = new Traffic(world.clock, world.loadBalancing);
    world.machines.changes.subscribe(() => this.#followAll());
    world.loadBalancing.changes.subscribe(() => this.#followAll());
  }

  /** From now on the group is kept at its capacity. */
  create(group: AutoScalingGroup): void {
    this.#world.autoScaling.groups.set(group.name, group);
    this.#timers.set(
      group,
      every(this.#world.clock, healthCheckPeriod, () => this.#examine(group)),
    );
    this.converge(group, 'a user request created an AutoScalingGroup');
  }

  /** Sets how many instances there should be, and begins to make it so. */
  setCapacity(group: AutoScalingGroup, capacity: number, cause: string): void {
    const from = group.desiredCapacity;
    group.desiredCapacity = capacity;
    this.#retryAt.delete(group);
    this.converge(group, `${cause} changing the desired capacity from ${from} to ${capacity}`);
  }

  /** Launches what is missing, and terminates what is too many. */
  converge(group: AutoScalingGroup, cause: string): void {
    let count = currentMembers(group).length;
    const mayLaunch =
      !isSuspended(group, 'Launch') && this.#world.clock.now() >= (this.#retryAt.get(group) ?? 0);
    while (mayLaunch && count < group.desiredCapacity && this.#launch(group, cause)) count++;
    if (isSuspended(group, 'Terminate')) return;
    for (; count > group.desiredCapacity; count--) {
      const chosen = memberToTerminate(currentMembers(group), {
        source: this.#resolvedSource(group),
        policies: group.terminationPolicies,
      });
      if (!chosen) return;
      this.terminate(group, chosen, cause);
    }
  }

  /** Takes an instance out: it drains first, unless there is no time. */
  terminate(group: AutoScalingGroup, member: Member, cause: string, drains = true): void {
    if (member.lifecycleState !== 'Terminating') {
      member.lifecycleState = 'Terminating';
      member.activity = this.#activities.begin(group, {
        ...placeOf(member.instance),
        description: `Terminating EC2 instance: ${member.instance.id}`,
        cause,
        status: 'WaitingForELBConnectionDraining',
      });
    }
    member.waitsForDraining = drains;
    if (drains) this.traffic.dismiss(group, member);
    else this.#world.machines.terminate(member.instance);
    this.#follow(group);
  }

  /** Ends a group; instances that it still has end with it, undrained. */
  delete(group: AutoScalingGroup): void {
    Object.assign(group, { isBeingDeleted: true, minSize: 0, maxSize: 0, desiredCapacity: 0 });
    for (const member of [...group.members.values()]) {
      this.terminate(group, member, 'a user request force-deleted the AutoScalingGroup.', false);
    }
    this.#follow(group);
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #launch(group: AutoScalingGroup, cause: string): boolean {
    try {
      const { instance, source } = this.#start(group);
      const activity = this.#activities.begin(group, {
        ...placeOf(instance),
        description: `Launching a new EC2 instance: ${instance.id}`,
        cause: `${cause}; an instance was started in response to a difference between desired and actual capacity.`,
        status: 'PreInService',
      });
      group.members.set(instance.id, {
        instance,
        lifecycleState: 'Pending',
        healthStatus: 'Healthy',
        isProtectedFromScaleIn: group.newInstancesProtectedFromScaleIn,
        source,
        inServiceAt: 0,
        waitsForDraining: true,
        activity,
      });
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const failed = this.#activities.begin(group, { description: 'Launching a new EC2 instance.', cause });
      this.#activities.end(group, failed, `${error.message} Launching EC2 instance failed.`);
      this.#retryAt.set(group, this.#world.clock.now() + retryDelay);
      return false;
    }
  }

  /** @throws AwsError where there is nothing to launch from, nowhere to launch to, or no address left */
  #start(group: AutoScalingGroup): { instance: Instance; source: Member['source'] } {
    const { network, machines, identity } = this.#world;
    const specification = launchSpecification(group.source, this.#world);
    const subnets = group.subnetIds.flatMap((id) => network.subnets.get(id) ?? []);
    const subnet = subnetForLaunch(subnets, currentMembers(group));
    if (!subnet) throw new AwsError('ValidationError', 'None of the subnets of the group exists any more.');
    const { imageId, instanceType, instanceProfile, userData, source } = specification;
    const instance = machines.launch({
      subnet,
      imageId,
      instanceType,
      userData,
      instanceProfileArn: instanceProfile && identity.instanceProfileArn(instanceProfile),
      securityGroupIds: securityGroupsFor(specification.securityGroupIds, network, subnet.vpcId),
      tags: tagsFor(group, specification),
    });
    return { instance, source };
  }

  #followAll(): void {
    for (const group of this.#world.autoScaling.groups.values()) this.#follow(group);
  }

  /** Moves every member on whose time has come. */
  #follow(group: AutoScalingGroup): void {
    for (const member of [...group.members.values()]) {
      if (member.lifecycleState === 'Pending') this.#followLaunch(group, member);
      else if (member.lifecycleState === 'Terminating') this.#followTermination(group, member);
    }
    this.traffic.forgetDrained(group);
    if (!group.isBeingDeleted || group.members.size > 0) return;
    this.#timers.get(group)?.cancel();
    this.#timers.delete(group);
    this.#retryAt.delete(group);
    this.#world.autoScaling.groups.delete(group.name);
  }

  #followLaunch(group: AutoScalingGroup, member: Member): void {
    const { state, failure } = member.instance;
    if (state === 'pending') return;
    if (state !== 'running') {
      group.members.delete(member.instance.id);
      this.#activities.end(
        group,
        member.activity,
        `${failure ?? 'The instance was terminated.'} Launching EC2 instance failed.`,
      );
      this.#retryAt.set(group, this.#world.clock.now() + retryDelay);
      return;
    }
    Object.assign(member, { lifecycleState: 'InService', inServiceAt: this.#world.clock.now() });
    this.#activities.end(group, member.activity);
    this.traffic.admit(group, member);
  }

  #followTermination(group: AutoScalingGroup, member: Member): void {
    const drains = this.traffic.registrations(member, group.targetGroupArns).length > 0;
    if (member.waitsForDraining && drains) return;
    if (member.instance.state !== 'terminated') {
      this.#end(member);
      return;
    }
    if (!group.members.delete(member.instance.id)) return;
    this.#activities.end(group, member.activity);
  }

  #end({ activity, instance }: Member): void {
    if (instance.state === 'shutting-down') return;
    activity.status = 'InProgress';
    this.#world.machines.terminate(instance);
  }

  /** What is done from time to time: the unhealthy are replaced, targets tracked, failed launches tried again. */
  #examine(group: AutoScalingGroup): void {
    if (!isSuspended(group, 'HealthCheck')) this.#replaceUnhealthy(group);
    const tracked = trackedCapacity(group, this.#world);
    if (tracked) this.setCapacity(group, tracked.capacity, `a monitor alarm of policy ${tracked.policy} was`);
    this.converge(group, 'the capacity was looked at');
  }

  #replaceUnhealthy(group: AutoScalingGroup): void {
    const { clock } = this.#world;
    for (const member of currentMembers(group)) {
      if (member.lifecycleState !== 'InService') continue;
      const registrations = this.traffic.registrations(member, group.targetGroupArns);
      const cause = whyUnhealthy(group, member, { registrations, now: clock.now() });
      if (cause === undefined) continue;
      member.healthStatus = 'Unhealthy';
      if (!isSuspended(group, 'ReplaceUnhealthy')) this.terminate(group, member, cause);
    }
  }

  #resolvedSource(group: AutoScalingGroup): AutoScalingGroup['source'] {
    try {
      return launchSpecification(group.source, this.#world).source;
    } catch {
      return group.source;
    }
  }
}

export interface AutoScalerWorld {
  clock: Clock;
  random: Random;
  network: Network;
  identity: Identity;
  machines: Machines;
  loadBalancing: LoadBalancing;
  autoScaling: AutoScaling;
}

function placeOf({
  interface: { availabilityZone, subnetId },
}: Instance): Pick<Activity, 'availabilityZone' | 'subnetId'> {
  return { availabilityZone, subnetId };
}

/** @throws AwsError `ValidationError` for a group that is not there */
function securityGroupsFor(ids: string[] | undefined, network: Network, vpcId: string): string[] {
  const missing = ids?.find((id) => !network.securityGroups.has(id));
  if (missing === undefined) return ids ?? network.defaultGroupOf(vpcId);
  throw new AwsError('ValidationError', `The security group '${missing}' does not exist.`);
}

function tagsFor(group: AutoScalingGroup, { tags }: LaunchSpecification): Map<string, string> {
  const own = [...group.tags].filter(([, { propagateAtLaunch }]) => propagateAtLaunch);
  return new Map([
    ...tags,
    ...own.map(([key, { value }]): [string, string] => [key, value]),
    ['aws:autoscaling:groupName', group.name],
  ]);
}
