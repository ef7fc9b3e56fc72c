import type { AutoScalingGroup } from './auto-scaling-group.ts';
import type { LaunchConfiguration } from './launch-configuration.ts';

/** Auto Scaling groups and launch configurations of an account and region; each map is keyed by name. */
export class AutoScaling {
  readonly groups: Map<string, AutoScalingGroup> = new Map();
  readonly launchConfigurations: Map<string, LaunchConfiguration> = new Map();

  /** The group that an instance is in. */
  groupOf(instanceId: string): AutoScalingGroup | undefined {
    return [...this.groups.values()].find(({ members }) => members.has(instanceId));
  }
}
