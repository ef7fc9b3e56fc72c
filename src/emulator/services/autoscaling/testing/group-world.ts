import {
  type Activity,
  AutoScaling,
  type AutoScalingGroup,
  type CreateAutoScalingGroupCommandInput,
  type Instance,
} from '@aws-sdk/client-auto-scaling';
import type { StartInstance } from '../../../world/compute/instance-software.ts';
import { forward, type LoadBalancerWorld, loadBalancerWorld } from '../../elbv2/testing/load-balancers.ts';

export const groupName = 'web';

/** Time enough for an instance to start, and to be found healthy. */
export const launching = 45_000;

/** Time enough for targets to drain, and for their instances to end. */
export const draining = 330_000;

/** An ALB in front of a target group, a launch template, and short ways to a group of instances. */
export interface GroupWorld extends LoadBalancerWorld {
  autoScaling: AutoScaling;
  alb: string;
  targetGroup: string;
  launchTemplateId: string;
  /** Makes the group `web`: of two instances, up to six, in two zones, behind the ALB. */
  create(options?: Partial<CreateAutoScalingGroupCommandInput>): Promise<void>;
  described(): Promise<AutoScalingGroup>;
  members(): Promise<Instance[]>;
  /** `i-0…: healthy`, in the order of the ids. */
  targets(): Promise<string[]>;
  activities(): Promise<Activity[]>;
}

/** What answers checks where there are no sockets. */
const web: StartInstance = () => ({ ports: [{ port: 80, forwardTo: { host: '127.0.0.1', port: 9 } }] });

export async function groupWorld(startInstance: StartInstance = web): Promise<GroupWorld> {
  const world = await loadBalancerWorld(startInstance);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const autoScaling = new AutoScaling({ endpoint: world.local.endpoint, region: 'us-east-1', credentials });
  const alb = await world.balancer('application', world.subnetIds.slice(0, 2));
  const targetGroup = await world.group({ Protocol: 'HTTP', TargetType: 'instance' });
  const DefaultActions = [forward(targetGroup)];
  await world.elb.createListener({ LoadBalancerArn: alb, Protocol: 'HTTP', Port: 80, DefaultActions });
  const { LaunchTemplate } = await world.ec2.createLaunchTemplate({
    LaunchTemplateName: 'web',
    LaunchTemplateData: { ImageId: 'ami-1', InstanceType: 't4g.nano' },
  });
  const launchTemplateId = LaunchTemplate?.LaunchTemplateId ?? '';

  const described = async (): Promise<AutoScalingGroup> => {
    const input = { AutoScalingGroupNames: [groupName] };
    const { AutoScalingGroups: [found] = [] } = await autoScaling.describeAutoScalingGroups(input);
    if (!found) throw new Error(`there is no group ${groupName}`);
    return found;
  };
  return {
    ...world,
    autoScaling,
    alb,
    targetGroup,
    launchTemplateId,
    async create(options) {
      await autoScaling.createAutoScalingGroup({
        AutoScalingGroupName: groupName,
        LaunchTemplate: { LaunchTemplateId: launchTemplateId, Version: '$Latest' },
        MinSize: 1,
        MaxSize: 6,
        DesiredCapacity: 2,
        VPCZoneIdentifier: world.subnetIds.slice(0, 2).join(','),
        TargetGroupARNs: [targetGroup],
        ...options,
      });
    },
    described,
    members: async () => (await described()).Instances ?? [],
    async targets() {
      const held = await world.health(targetGroup);
      return held.map(({ Target, TargetHealth }) => `${Target?.Id}: ${TargetHealth?.State}`).sort();
    },
    async activities() {
      const input = { AutoScalingGroupName: groupName };
      return (await autoScaling.describeScalingActivities(input)).Activities ?? [];
    },
    async close() {
      autoScaling.destroy();
      await world.close();
    },
  };
}
