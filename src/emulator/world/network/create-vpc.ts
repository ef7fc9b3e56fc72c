import { type Block, formatBlock } from './cidr.ts';
import type { Network } from './network.ts';
import { createNetworkAcl, defaultNetworkAcl } from './network-acl.ts';
import type { SecurityGroup } from './security-group.ts';
import { cidrsOf, type Route, type Subnet, type Vpc } from './vpc.ts';
import { zonesOf } from './zones.ts';

/** Where a network is: what ARNs and zones are made of. */
export interface Place {
  account: string;
  region: string;
}

/** A VPC comes with a main route table, a network ACL and a `default` security group. */
export function createVpc(network: Network, block: Block, isDefault = false): Vpc {
  const vpc: Vpc = {
    id: network.newId('vpc'),
    cidr: formatBlock(block),
    block,
    moreCidrs: new Map(),
    isDefault,
    enableDnsSupport: true,
    enableDnsHostnames: isDefault,
    tags: new Map(),
  };
  network.vpcs.set(vpc.id, vpc);
  createRouteTable(network, vpc, true);
  createNetworkAcl(network, { vpcId: vpc.id, isDefault: true });
  createSecurityGroup(network, { name: 'default', description: 'default VPC security group', vpcId: vpc.id });
  return vpc;
}

export function createRouteTable(network: Network, vpc: Vpc, main: boolean): string {
  const id = network.newId('rtb');
  const local = cidrsOf(vpc).map(
    (destination): Route => ({ destination, target: { kind: 'gateway', id: 'local' } }),
  );
  network.routeTables.set(id, {
    id,
    vpcId: vpc.id,
    main,
    mainAssociationId: network.newId('rtbassoc'),
    routes: local,
    associations: new Map(),
    tags: new Map(),
  });
  return id;
}

export function createSubnet(
  network: Network,
  { account, region }: Place,
  options: { vpcId: string; block: Block; availabilityZone: string; defaultForAz?: boolean },
): Subnet {
  const id = network.newId('subnet');
  const subnet: Subnet = {
    id,
    arn: `arn:aws:ec2:${region}:${account}:subnet/${id}`,
    vpcId: options.vpcId,
    cidr: formatBlock(options.block),
    block: options.block,
    availabilityZone: options.availabilityZone,
    defaultForAz: options.defaultForAz ?? false,
    mapPublicIpOnLaunch: options.defaultForAz ?? false,
    networkAclId: defaultNetworkAcl(network, options.vpcId).id,
    networkAclAssociationId: network.newId('aclassoc'),
    tags: new Map(),
  };
  network.subnets.set(id, subnet);
  return subnet;
}

/** A security group allows all that goes out, until that rule is revoked. */
export function createSecurityGroup(
  network: Network,
  options: { name: string; description: string; vpcId: string },
): SecurityGroup {
  const group: SecurityGroup = { ...options, id: network.newId('sg'), rules: new Map(), tags: new Map() };
  const all = network.newId('sgr');
  group.rules.set(all, {
    id: all,
    isEgress: true,
    protocol: '-1',
    fromPort: -1,
    toPort: -1,
    peer: { kind: 'ipv4', cidr: '0.0.0.0/0' },
    description: undefined,
    tags: new Map(),
  });
  network.securityGroups.set(group.id, group);
  return group;
}

const defaultVpc: Block = { first: 172 * 2 ** 24 + 31 * 2 ** 16, size: 2 ** 16, prefix: 16 };
const defaultSubnetSize = 2 ** 12;

/** What a new account finds in each region: the default VPC, with a default subnet in each zone. */
export function createDefaultVpc(network: Network, place: Place): void {
  const vpc = createVpc(network, defaultVpc, true);
  for (const [index, zone] of zonesOf(place.region).entries()) {
    const first = defaultVpc.first + index * defaultSubnetSize;
    createSubnet(network, place, {
      vpcId: vpc.id,
      block: { first, size: defaultSubnetSize, prefix: 20 },
      availabilityZone: zone.name,
      defaultForAz: true,
    });
  }
}
