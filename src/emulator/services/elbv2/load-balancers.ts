import type {
  ElasticLoadBalancingV2,
  LoadBalancer as LoadBalancerDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { alphanumeric } from '../../core/random.ts';
import type { Operations } from '../../core/service.ts';
import { readTags } from '../../core/tags.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import type { Subnet } from '../../world/network/vpc.ts';
import { refuseRegisteredAlb } from './alb-targets.ts';
import { newArn } from './arns.ts';
import { loadBalancerDefaults, setAttributes, writeAttributes } from './attributes.ts';
import { findLoadBalancer } from './lookup.ts';
import { page } from './pages.ts';
import { describeEnforcement, readEnforcement } from './private-link-enforcement.ts';

export const loadBalancers: Operations<ElasticLoadBalancingV2> = {
  CreateLoadBalancer(input, { cell }) {
    const { Name: name = '', Type: type = 'application', Scheme: scheme = 'internet-facing' } = input;
    refuseName(cell, name);
    if (type === 'gateway')
      throw new AwsError('ValidationError', 'Gateway load balancers are not part of this local AWS');
    const subnets = findSubnets(
      cell,
      input.Subnets ?? input.SubnetMappings?.map(({ SubnetId = '' }) => SubnetId),
      type,
    );
    const vpcId = subnets[0]?.vpcId ?? '';
    const arn = newArn(cell, `loadbalancer/${type === 'application' ? 'app' : 'net'}/${name}`);
    const loadBalancer: LoadBalancer = {
      arn,
      name,
      type,
      scheme,
      ipAddressType: input.IpAddressType === 'dualstack' ? 'dualstack' : 'ipv4',
      vpcId,
      subnetIds: subnets.map(({ id }) => id),
      securityGroupIds: chooseSecurityGroups(cell, input.SecurityGroups, type, vpcId),
      enforcesOnPrivateLink: true,
      dnsName: dnsName(cell, { name, type, scheme }),
      hostedZoneId: type === 'application' ? 'Z35SXDOTRQ7X7K' : 'Z26RNL4JYFTOTI',
      state: 'provisioning',
      createdAt: cell.clock.now(),
      attributes: loadBalancerDefaults(type),
      tags: readTags(input.Tags),
      nodes: [],
    };
    cell.loadBalancing.loadBalancers.set(arn, loadBalancer);
    cell.fleet.provision(loadBalancer);
    return { LoadBalancers: [describe(cell, loadBalancer)] };
  },
  DescribeLoadBalancers(input, { cell }) {
    const all = [...cell.loadBalancing.loadBalancers.values()];
    const byArn = input.LoadBalancerArns?.map((arn) => findLoadBalancer(cell, arn));
    const byName = input.Names?.map((name) => {
      const found = all.find((loadBalancer) => loadBalancer.name === name);
      if (!found) throw new AwsError('LoadBalancerNotFound', `Load balancers '[${name}]' not found`);
      return found;
    });
    const { items, nextToken } = page(byArn ?? byName ?? all, input);
    return {
      LoadBalancers: items.map((loadBalancer) => describe(cell, loadBalancer)),
      NextMarker: nextToken,
    };
  },
  DeleteLoadBalancer({ LoadBalancerArn: arn = '' }, { cell }) {
    const loadBalancer = cell.loadBalancing.loadBalancers.get(arn);
    if (!loadBalancer) return {};
    if (loadBalancer.attributes.get('deletion_protection.enabled') === 'true') {
      throw new AwsError(
        'OperationNotPermitted',
        `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
      );
    }
    refuseRegisteredAlb(cell, arn);
    refuseInService(cell, arn);
    cell.loadBalancing.loadBalancers.delete(arn);
    for (const listener of cell.loadBalancing.listenersOf(arn))
      cell.loadBalancing.listeners.delete(listener.arn);
    cell.fleet.disband(loadBalancer);
    cell.loadBalancing.changes.announce();
    return {};
  },
  SetSecurityGroups(input, { cell }) {
    const { LoadBalancerArn, SecurityGroups = [] } = input;
    const loadBalancer = findLoadBalancer(cell, LoadBalancerArn);
    if (loadBalancer.type === 'network' && loadBalancer.securityGroupIds.length === 0) {
      throw new AwsError(
        'InvalidConfigurationRequest',
        'SetSecurityGroups is not supported for load balancers of type network that were created without security groups',
      );
    }
    const enforcement = input.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic;
    if (enforcement) loadBalancer.enforcesOnPrivateLink = readEnforcement(loadBalancer, enforcement);
    loadBalancer.securityGroupIds = chooseSecurityGroups(
      cell,
      SecurityGroups,
      loadBalancer.type,
      loadBalancer.vpcId,
    );
    for (const node of loadBalancer.nodes) node.interface.securityGroupIds = loadBalancer.securityGroupIds;
    cell.loadBalancing.changes.announce();
    return { SecurityGroupIds: loadBalancer.securityGroupIds, ...describeEnforcement(loadBalancer) };
  },
  SetSubnets({ LoadBalancerArn, Subnets, SubnetMappings }, { cell }) {
    const loadBalancer = findLoadBalancer(cell, LoadBalancerArn);
    const wanted = Subnets ?? SubnetMappings?.map(({ SubnetId = '' }) => SubnetId);
    loadBalancer.subnetIds = findSubnets(cell, wanted, loadBalancer.type).map(({ id }) => id);
    cell.fleet.follow(loadBalancer);
    return { AvailabilityZones: describe(cell, loadBalancer).AvailabilityZones };
  },
  SetIpAddressType({ LoadBalancerArn, IpAddressType }, { cell }) {
    const loadBalancer = findLoadBalancer(cell, LoadBalancerArn);
    loadBalancer.ipAddressType = IpAddressType === 'dualstack' ? 'dualstack' : 'ipv4';
    return { IpAddressType: loadBalancer.ipAddressType };
  },
  DescribeLoadBalancerAttributes({ LoadBalancerArn }, { cell }) {
    return { Attributes: writeAttributes(findLoadBalancer(cell, LoadBalancerArn).attributes) };
  },
  ModifyLoadBalancerAttributes({ LoadBalancerArn, Attributes }, { cell }) {
    const loadBalancer = findLoadBalancer(cell, LoadBalancerArn);
    setAttributes(loadBalancer.attributes, Attributes, 'Load balancer');
    return { Attributes: writeAttributes(loadBalancer.attributes) };
  },
};

/** @throws AwsError `ResourceInUse` for what an endpoint service stands on */
function refuseInService({ network }: Cell, arn: string): void {
  const services = [...network.endpointServices.values()];
  if (!services.some(({ loadBalancerArns }) => loadBalancerArns.includes(arn))) return;
  throw new AwsError(
    'ResourceInUse',
    `Load balancer '${arn}' cannot be deleted because it is currently associated with another service`,
  );
}

function refuseName(cell: Cell, name: string): void {
  if (!/^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name)) {
    throw new AwsError(
      'ValidationError',
      `The load balancer name '${name}' is not valid: 1 to 32 letters, digits and hyphens, not beginning or ending with a hyphen, nor beginning with 'internal-'`,
    );
  }
  if ([...cell.loadBalancing.loadBalancers.values()].some((other) => other.name === name)) {
    throw new AwsError(
      'DuplicateLoadBalancerName',
      `A load balancer with the same name '${name}' exists, but with different settings`,
    );
  }
}

function findSubnets(cell: Cell, ids: readonly string[] | undefined, type: string): Subnet[] {
  const subnets = (ids ?? []).map((id) => {
    const subnet = cell.network.subnets.get(id);
    if (!subnet) throw new AwsError('SubnetNotFound', `The subnet ID '${id}' does not exist`);
    return subnet;
  });
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone));
  const least = type === 'application' ? 2 : 1;
  if (zones.size < least) {
    throw new AwsError(
      'ValidationError',
      `At least ${least === 2 ? 'two subnets in two different Availability Zones' : 'one subnet'} must be specified`,
    );
  }
  if (zones.size < subnets.length) {
    throw new AwsError(
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    );
  }
  if (new Set(subnets.map(({ vpcId }) => vpcId)).size > 1) {
    throw new AwsError('InvalidConfigurationRequest', 'All subnets must belong to the same VPC');
  }
  return subnets;
}

function chooseSecurityGroups(
  cell: Cell,
  ids: readonly string[] | undefined,
  type: string,
  vpcId: string,
): string[] {
  const groups = cell.network.securityGroups;
  for (const id of ids ?? []) {
    if (!groups.has(id))
      throw new AwsError('InvalidSecurityGroup', `The security group '${id}' does not exist`);
  }
  if (ids?.length || type === 'network') return [...(ids ?? [])];
  return [...groups.values()]
    .filter((group) => group.vpcId === vpcId && group.name === 'default')
    .map(({ id }) => id);
}

function dnsName(cell: Cell, { name, type, scheme }: Pick<LoadBalancer, 'name' | 'type' | 'scheme'>): string {
  const suffix = alphanumeric(cell.random, 16);
  if (type === 'network') return `${name}-${suffix}.elb.${cell.region}.amazonaws.com`;
  return `${scheme === 'internal' ? 'internal-' : ''}${name}-${suffix}.${cell.region}.elb.amazonaws.com`;
}

function describe(cell: Cell, loadBalancer: LoadBalancer): LoadBalancerDescription {
  return {
    LoadBalancerArn: loadBalancer.arn,
    LoadBalancerName: loadBalancer.name,
    DNSName: loadBalancer.dnsName,
    CanonicalHostedZoneId: loadBalancer.hostedZoneId,
    CreatedTime: new Date(loadBalancer.createdAt),
    Type: loadBalancer.type,
    Scheme: loadBalancer.scheme,
    IpAddressType: loadBalancer.ipAddressType,
    VpcId: loadBalancer.vpcId,
    State: { Code: loadBalancer.state },
    AvailabilityZones: loadBalancer.subnetIds.map((id) => ({
      SubnetId: id,
      ZoneName: cell.network.subnets.get(id)?.availabilityZone,
      LoadBalancerAddresses: [],
    })),
    ...(loadBalancer.securityGroupIds.length > 0 ? { SecurityGroups: loadBalancer.securityGroupIds } : {}),
    ...describeEnforcement(loadBalancer),
  };
}
