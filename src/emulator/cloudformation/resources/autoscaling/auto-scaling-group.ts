import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { autoScaling } from '../../../services/autoscaling/index.ts';
import { changedProperties } from '../../differences.ts';
import { readRecords, readTexts, requireText, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { waitFor } from '../../waiting.ts';
import { groupTags, retag } from './tags.ts';

const createOnly = ['AutoScalingGroupName', 'InstanceId'];

/** What other calls set, and metrics, which nobody collects here. */
const elsewhere = ['MetricsCollection', 'Tags', 'TargetGroupARNs', 'TrafficSources'];

const sizes = ['DesiredCapacity', 'MaxSize', 'MinSize'];

/**
 * `AWS::AutoScaling::AutoScalingGroup`: there once its instances are in service. An update takes the group as it has
 * become: sizes that the template leaves as they were stay what scaling has made of them, and instances stay what they
 * were launched from.
 */
export const autoScalingGroup: ResourceProvider = {
  createOnly,

  async create(properties, context) {
    const { call, initiated, physicalName } = context;
    const named = { AutoScalingGroupName: physicalName(255), ...asTheCallSaysIt(properties) };
    const input = toInput(autoScaling, 'CreateAutoScalingGroup', named, ['MetricsCollection', 'Tags']);
    const name = input.AutoScalingGroupName ?? '';
    const Tags = groupTags(name, properties, context);
    await execute(autoScaling, 'CreateAutoScalingGroup', { ...input, Tags }, call);
    initiated(name);
    return stable(name, context);
  },

  async update(name, properties, previous, context) {
    const kept = sizes.filter((size) => !changedProperties(previous, properties).includes(size));
    const input = toInput(
      autoScaling,
      'UpdateAutoScalingGroup',
      { ...asTheCallSaysIt(properties), AutoScalingGroupName: name },
      [...elsewhere, ...kept],
    );
    await execute(autoScaling, 'UpdateAutoScalingGroup', input, context.call);
    await changeTargetGroups(name, properties, previous, context.call);
    await retag(name, properties, previous, context);
    return stable(name, context);
  },

  /** Empties the group first, so that its instances drain. */
  async delete(AutoScalingGroupName, _properties, { call, cell, signal }) {
    const none = { AutoScalingGroupName, MinSize: 0, MaxSize: 0, DesiredCapacity: 0 };
    await execute(autoScaling, 'UpdateAutoScalingGroup', none, call);
    await waitFor(
      async () => ((await describe(AutoScalingGroupName, call))?.Instances?.length === 0 ? true : undefined),
      { clock: cell.clock, signal },
    );
    await execute(autoScaling, 'DeleteAutoScalingGroup', { AutoScalingGroupName }, call);
  },
};

/** Templates list subnets, and call the cooldown by its short name. */
function asTheCallSaysIt({ Cooldown, ...properties }: Properties): Properties {
  const subnets = readTexts(properties, 'VPCZoneIdentifier');
  return {
    ...properties,
    ...(Cooldown !== undefined && { DefaultCooldown: Cooldown }),
    ...(subnets.length > 0 && { VPCZoneIdentifier: subnets.join(',') }),
  };
}

async function changeTargetGroups(
  AutoScalingGroupName: string,
  properties: Properties,
  previous: Properties,
  call: Call,
): Promise<void> {
  const [desired, current] = [targetGroupArns(properties), targetGroupArns(previous)];
  const added = desired.filter((arn) => !current.includes(arn));
  const removed = current.filter((arn) => !desired.includes(arn));
  const input = (TargetGroupARNs: string[]) => ({ AutoScalingGroupName, TargetGroupARNs });
  if (added.length > 0) await execute(autoScaling, 'AttachLoadBalancerTargetGroups', input(added), call);
  if (removed.length > 0) await execute(autoScaling, 'DetachLoadBalancerTargetGroups', input(removed), call);
}

function targetGroupArns(properties: Properties): string[] {
  const sources = readRecords(properties, 'TrafficSources').map((source) =>
    requireText(source, 'Identifier'),
  );
  return [...readTexts(properties, 'TargetGroupARNs'), ...sources];
}

async function describe(name: string, call: Call): Promise<AutoScalingGroup | undefined> {
  const input = { AutoScalingGroupNames: [name] };
  const { AutoScalingGroups: [found] = [] } = await execute(
    autoScaling,
    'DescribeAutoScalingGroups',
    input,
    call,
  );
  return found;
}

async function stable(name: string, { call, cell, signal }: ResourceContext): Promise<ProvidedResource> {
  await waitFor(() => atCapacity(name, call), { clock: cell.clock, signal });
  return { physicalId: name, attributes: {} };
}

async function atCapacity(name: string, call: Call): Promise<true | undefined> {
  const group = await describe(name, call);
  const { DesiredCapacity: desired = 0, MinSize, MaxSize, Instances = [] } = group ?? {};
  const current = Instances.filter(({ LifecycleState }) => LifecycleState === 'InService').length;
  if (current >= desired) return true;
  const { Activities: [latest] = [] } = await execute(
    autoScaling,
    'DescribeScalingActivities',
    { AutoScalingGroupName: name },
    call,
  );
  if (latest?.StatusCode !== 'Failed') return undefined;
  throw new ResourceFailure(
    `Group did not stabilize. {current/minimum/desired/max: ${current}/${MinSize}/${desired}/${MaxSize}} instances due to scaling activity StatusCode:Failed StatusMessage:${latest.StatusMessage}`,
  );
}
