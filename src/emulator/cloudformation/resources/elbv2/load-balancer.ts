import {
  type CreateLoadBalancerInput,
  CreateLoadBalancerInput$,
  type LoadBalancer,
  type ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesInput$,
  SetSecurityGroupsInput$,
  SetSubnetsInput$,
} from '@aws-sdk/client-elastic-load-balancing-v2';
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
    const input = toInput<CreateLoadBalancerInput>(CreateLoadBalancerInput$, named, [
      'LoadBalancerAttributes',
      enforcement,
    ]);
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
        toInput(SetSubnetsInput$, { LoadBalancerArn: arn, ...desired }),
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

/** Creating takes no word on PrivateLink; only setting the groups does. */
async function setSecurityGroups(
  LoadBalancerArn: string,
  { SecurityGroups, [enforcement]: enforced }: Properties,
  { call }: ResourceContext,
): Promise<void> {
  const said = enforced === undefined ? {} : { [enforcement]: enforced };
  const input = toInput<never>(SetSecurityGroupsInput$, { LoadBalancerArn, SecurityGroups, ...said });
  await execute(elbv2, 'SetSecurityGroups', input, call);
}

async function setAttributes(arn: string, properties: Properties, { call }: ResourceContext): Promise<void> {
  const Attributes = readList(properties, 'LoadBalancerAttributes');
  if (Attributes.length === 0) return;
  const input = toInput<ModifyLoadBalancerAttributesInput>(ModifyLoadBalancerAttributesInput$, {
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
