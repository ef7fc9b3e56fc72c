import type { Clock } from '../../clock/clock.ts';
import { type Random, uuid } from '../../core/random.ts';
import { type Activity, activitiesKept } from './activity.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';

/** Where what Auto Scaling does is written down, with the time. */
export class Activities {
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  begin(
    group: AutoScalingGroup,
    told: Pick<Activity, 'description' | 'cause'> & Partial<Activity>,
  ): Activity {
    const activity: Activity = {
      id: uuid(this.#random),
      startedAt: this.#clock.now(),
      endedAt: undefined,
      status: 'InProgress',
      statusMessage: undefined,
      availabilityZone: undefined,
      subnetId: undefined,
      ...told,
      cause: `At ${this.#time()} ${told.cause}`,
    };
    group.activities.unshift(activity);
    group.activities.splice(activitiesKept);
    return activity;
  }

  end(group: AutoScalingGroup, activity: Activity, failure?: string): void {
    activity.endedAt = this.#clock.now();
    activity.status = failure === undefined ? 'Successful' : 'Failed';
    activity.statusMessage = failure;
    group.lastScaledAt = this.#clock.now();
  }

  #time(): string {
    return new Date(this.#clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  }
}
