import type { Clock } from '../../clock/clock.ts';
import type { LoadBalancing } from '../load-balancing/load-balancing.ts';
import { deregister, register } from '../load-balancing/registration.ts';
import type { Registration, TargetGroup } from '../load-balancing/target-group.ts';
import { type AutoScalingGroup, isSuspended, type Member } from './auto-scaling-group.ts';

/** The registrations of groups' instances with target groups. */
export class Traffic {
  readonly #clock: Clock;
  readonly #loadBalancing: LoadBalancing;

  constructor(clock: Clock, loadBalancing: LoadBalancing) {
    this.#clock = clock;
    this.#loadBalancing = loadBalancing;
  }

  /** Registers an instance with all target groups of its group, each on the group's port. */
  admit(group: AutoScalingGroup, member: Member): void {
    if (isSuspended(group, 'AddToLoadBalancer')) return;
    for (const targetGroup of this.#targetGroups(group.targetGroupArns)) this.#register(targetGroup, member);
  }

  /** Deregisters an instance everywhere: it drains. */
  dismiss(group: AutoScalingGroup, member: Member): void {
    for (const targetGroup of this.#targetGroups(group.targetGroupArns))
      this.#deregister(targetGroup, member);
  }

  attach(group: AutoScalingGroup, arn: string): void {
    group.targetGroupArns.add(arn);
    group.leavingTargetGroupArns.delete(arn);
    if (isSuspended(group, 'AddToLoadBalancer')) return;
    for (const member of inService(group)) {
      for (const targetGroup of this.#targetGroups([arn])) this.#register(targetGroup, member);
    }
  }

  detach(group: AutoScalingGroup, arn: string): void {
    if (!group.targetGroupArns.delete(arn)) return;
    group.leavingTargetGroupArns.add(arn);
    for (const member of group.members.values()) {
      for (const targetGroup of this.#targetGroups([arn])) this.#deregister(targetGroup, member);
    }
    this.forgetDrained(group);
  }

  /** Forgets target groups that have been left and where nothing drains any more. */
  forgetDrained(group: AutoScalingGroup): void {
    for (const arn of group.leavingTargetGroupArns) {
      const drains = [...group.members.values()].some(
        (member) => this.registrations(member, [arn]).length > 0,
      );
      if (!drains) group.leavingTargetGroupArns.delete(arn);
    }
  }

  /** Where an instance is registered, those where it drains included. */
  registrations({ instance }: Member, arns: Iterable<string>): Registration[] {
    return this.#targetGroups(arns).flatMap((targetGroup) =>
      [...targetGroup.registrations.values()].filter(({ id }) => id === instance.id),
    );
  }

  #register(targetGroup: TargetGroup, { instance }: Member): void {
    const wanted = { id: instance.id, port: targetGroup.port, availabilityZone: undefined };
    register(this.#loadBalancing, targetGroup, wanted);
  }

  #deregister(targetGroup: TargetGroup, { instance }: Member): void {
    for (const { id, port } of [...targetGroup.registrations.values()]) {
      if (id === instance.id) deregister(this.#loadBalancing, this.#clock, targetGroup, id, port);
    }
  }

  #targetGroups(arns: Iterable<string>): TargetGroup[] {
    return [...arns].flatMap((arn) => {
      const targetGroup = this.#loadBalancing.targetGroups.get(arn);
      return targetGroup ? [targetGroup] : [];
    });
  }
}

function inService({ members }: AutoScalingGroup): Member[] {
  return [...members.values()].filter(({ lifecycleState }) => lifecycleState === 'InService');
}
