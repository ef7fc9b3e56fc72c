import { isDeepStrictEqual } from 'node:util';
import type { RegisterTargetsInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { execute } from '../../../core/execute.ts';
import { elbv2 } from '../../../services/elbv2/index.ts';
import { readList, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { tagList } from '../tags.ts';
import { retag } from './tags.ts';

const maxNameLength = 32;
const createOnly = ['IpAddressType', 'Name', 'Port', 'Protocol', 'ProtocolVersion', 'TargetType', 'VpcId'];
const setByOtherCalls = ['Tags', 'TargetGroupAttributes', 'Targets'];

export const targetGroup: ResourceProvider = {
  createOnly,

  async create(properties, context) {
    const named = { Name: context.physicalName(maxNameLength), ...properties };
    const input = toInput(elbv2, 'CreateTargetGroup', named, setByOtherCalls);
    const Tags = tagList(properties, context);
    const created = await execute(elbv2, 'CreateTargetGroup', { ...input, Tags }, context.call);
    const arn = created.TargetGroups?.[0]?.TargetGroupArn ?? '';
    context.initiated(arn);
    await setAttributes(arn, properties, context);
    await changeTargets(arn, readList(properties, 'Targets'), [], context);
    return describe(arn, context);
  },

  async update(arn, properties, previous, context) {
    const changeable = { ...properties, TargetGroupArn: arn };
    const elsewhere = [...createOnly, ...setByOtherCalls];
    const input = toInput(elbv2, 'ModifyTargetGroup', changeable, elsewhere);
    await execute(elbv2, 'ModifyTargetGroup', input, context.call);
    await setAttributes(arn, properties, context);
    await changeTargets(arn, readList(properties, 'Targets'), readList(previous, 'Targets'), context);
    await retag(arn, properties, previous, context);
    return describe(arn, context);
  },

  async delete(TargetGroupArn, _properties, { call }) {
    await execute(elbv2, 'DeleteTargetGroup', { TargetGroupArn }, call);
  },
};

async function setAttributes(arn: string, properties: Properties, { call }: ResourceContext): Promise<void> {
  const Attributes = readList(properties, 'TargetGroupAttributes');
  if (Attributes.length === 0) return;
  const input = toInput(elbv2, 'ModifyTargetGroupAttributes', {
    TargetGroupArn: arn,
    Attributes,
  });
  await execute(elbv2, 'ModifyTargetGroupAttributes', input, call);
}

/** Only targets that the template lists or listed are touched. */
async function changeTargets(
  arn: string,
  desired: readonly unknown[],
  current: readonly unknown[],
  { call }: ResourceContext,
): Promise<void> {
  const added = without(desired, current);
  const removed = without(current, desired);
  if (added.length > 0) await execute(elbv2, 'RegisterTargets', targetsInput(arn, added), call);
  if (removed.length > 0) await execute(elbv2, 'DeregisterTargets', targetsInput(arn, removed), call);
}

function targetsInput(TargetGroupArn: string, Targets: readonly unknown[]): RegisterTargetsInput {
  return toInput(elbv2, 'RegisterTargets', { TargetGroupArn, Targets });
}

function without(targets: readonly unknown[], others: readonly unknown[]): unknown[] {
  return targets.filter((target) => !others.some((other) => isDeepStrictEqual(target, other)));
}

async function describe(arn: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const { TargetGroups: [found] = [] } = await execute(
    elbv2,
    'DescribeTargetGroups',
    { TargetGroupArns: [arn] },
    call,
  );
  return {
    physicalId: arn,
    attributes: {
      TargetGroupArn: arn,
      TargetGroupName: found?.TargetGroupName,
      TargetGroupFullName: arn.slice(arn.indexOf('targetgroup/')),
      LoadBalancerArns: found?.LoadBalancerArns ?? [],
    },
  };
}
