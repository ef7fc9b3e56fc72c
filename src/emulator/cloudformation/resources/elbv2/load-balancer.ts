import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { execute } from '../../../core/execute.ts';
import { elbv2 } from '../../../services/elbv2/index.ts';
import { changedProperties } from '../../differences.ts';
import { readList, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { waitFor } from '../../waiting.ts';
import { tagList } from '../tags.ts';
import { retag } from './tags.ts';

const maxNameLength = 32;
const enforcement = 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic';

export const loadBalancer: ResourceProvider = {
  createOnly: ['Name', 'Scheme', 'Type'],

  async create(properties, context) {
    const named = {
      Name: context.physicalName(maxNameLength),
      ...properties,
      Tags: tagList(properties, context),
    };
    const input = toInput(elbv2, 'CreateLoadBalancer', named, ['LoadBalancerAttributes', enforcement]);
    const { LoadBalancers: [created] = [] } = await execute(elbv2, 'CreateLoadBalancer', input, context.call);
    const arn = created?.LoadBalancerArn ?? '';
    context.initiated(arn);
    if (properties[enforcement] !== undefined) await setSecurityGroups(arn, properties, context);
    await setAttributes(arn, properties, context);
    return provided(
      await waitFor(() => active(arn, context), { clock: context.cell.clock, signal: context.signal }),
    );
  },

  async update(arn, properties, previous, context) {
    const changed = changedProperties(previous, properties);
    const { Subnets, SubnetMappings } = properties;
    if (changed.includes('Subnets') || changed.includes('SubnetMappings')) {
      const desired = SubnetMappings === undefined ? { Subnets } : { SubnetMappings };
      await execute(
        elbv2,
        'SetSubnets',
        toInput(elbv2, 'SetSubnets', { LoadBalancerArn: arn, ...desired }),
        context.call,
      );
    }
    if (changed.includes('SecurityGroups') || changed.includes(enforcement)) {
      await setSecurityGroups(arn, properties, context);
    }
    await setAttributes(arn, properties, context);
    await retag(arn, properties, previous, context);
    return provided(
      await waitFor(() => active(arn, context), { clock: context.cell.clock, signal: context.signal }),
    );
  },

  async delete(LoadBalancerArn, _properties, { call }) {
    await execute(elbv2, 'DeleteLoadBalancer', { LoadBalancerArn }, call);
  },
};

/** Only the call that sets the groups sets what they are asked about. */
async function setSecurityGroups(
  arn: string,
  { SecurityGroups, [enforcement]: enforced }: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const desired = {
    LoadBalancerArn: arn,
    SecurityGroups,
    ...(enforced !== undefined && { [enforcement]: enforced }),
  };
  await execute(elbv2, 'SetSecurityGroups', toInput(elbv2, 'SetSecurityGroups', desired), call);
}

async function setAttributes(arn: string, properties: Properties, { call }: ResourceContext): Promise<void> {
  const Attributes = readList(properties, 'LoadBalancerAttributes');
  if (Attributes.length === 0) return;
  const input = toInput(elbv2, 'ModifyLoadBalancerAttributes', {
    LoadBalancerArn: arn,
    Attributes,
  });
  await execute(elbv2, 'ModifyLoadBalancerAttributes', input, call);
}

async function active(arn: string, { call }: ResourceContext): Promise<LoadBalancer | undefined> {
  const { LoadBalancers: [found] = [] } = await execute(
    elbv2,
    'DescribeLoadBalancers',
    { LoadBalancerArns: [arn] },
    call,
  );
  if (found?.State?.Code === 'failed')
    throw new ResourceFailure(`LoadBalancer ${arn} failed: ${found.State.Reason}`);
  return found?.State?.Code === 'active' ? found : undefined;
}

function provided(found: LoadBalancer): ProvidedResource {
  const arn = found.LoadBalancerArn ?? '';
  return {
    physicalId: arn,
    attributes: {
      LoadBalancerArn: arn,
      LoadBalancerName: found.LoadBalancerName,
      LoadBalancerFullName: arn.slice(arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length),
      DNSName: found.DNSName,
      CanonicalHostedZoneID: found.CanonicalHostedZoneId,
      SecurityGroups: found.SecurityGroups ?? [],
    },
  };
}
