import { AwsError } from '../../core/aws-error.ts';
import { Changes } from '../../core/changes.ts';
import { hex, type Random } from '../../core/random.ts';
import { formatAddress } from './cidr.ts';
import type { ElasticIp } from './elastic-ip.ts';
import type { EndpointService } from './endpoint-service.ts';
import type { Instance } from './instance.ts';
import type { LaunchTemplate } from './launch-template.ts';
import type { NatGateway } from './nat-gateway.ts';
import type { NetworkAcl } from './network-acl.ts';
import type { NetworkInterface } from './network-interface.ts';
import type { Peer } from './peer.ts';
import { currentEntries, type PrefixList } from './prefix-list.ts';
import { permits, type SecurityGroup } from './security-group.ts';
import { addressAt, capacity, type InternetGateway, type RouteTable, type Subnet, type Vpc } from './vpc.ts';
import type { VpcEndpoint } from './vpc-endpoint.ts';

/** VPCs, subnets, interfaces, security groups and prefix lists of an account and region; each map is keyed by id. */
export class Network {
  readonly changes: Changes = new Changes();
  readonly vpcs: Map<string, Vpc> = new Map();
  readonly subnets: Map<string, Subnet> = new Map();
  readonly interfaces: Map<string, NetworkInterface> = new Map();
  readonly instances: Map<string, Instance> = new Map();
  readonly launchTemplates: Map<string, LaunchTemplate> = new Map();
  readonly securityGroups: Map<string, SecurityGroup> = new Map();
  readonly prefixLists: Map<string, PrefixList> = new Map();
  readonly routeTables: Map<string, RouteTable> = new Map();
  readonly vpcEndpoints: Map<string, VpcEndpoint> = new Map();
  readonly endpointServices: Map<string, EndpointService> = new Map();
  /** Of VPC endpoints and of what they lead to. */
  readonly endpointChanges: Changes = new Changes();
  readonly internetGateways: Map<string, InternetGateway> = new Map();
  readonly networkAcls: Map<string, NetworkAcl> = new Map();
  readonly elasticIps: Map<string, ElasticIp> = new Map();
  readonly natGateways: Map<string, NatGateway> = new Map();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A new id: `prefix` and 17 hexadecimal digits. */
  newId(prefix: string): string {
    return `${prefix}-0${hex(this.#random, 16)}`;
  }

  newMacAddress(): string {
    return `02:${(hex(this.#random, 10).match(/../g) ?? []).join(':')}`;
  }

  /** A free address of 203.0.113.0/24, which is kept for documentation: nobody's on the internet. */
  newPublicAddress(): string {
    const taken = new Set([...this.elasticIps.values()].map(({ publicIp }) => publicIp));
    const free = Array.from({ length: 254 }, (_, index) => `203.0.113.${index + 1}`).filter(
      (address) => !taken.has(address),
    );
    const address = free[Math.floor(this.#random() * free.length)];
    if (address === undefined) {
      throw new AwsError('InsufficientAddressCapacity', 'There are not enough free addresses to allocate');
    }
    return address;
  }

  /**
   * Whether the security groups let a TCP connection from `peer` in on `port`. What a rule says of a group is about the
   * interface that has the peer's address in the peer's VPC; `through` are the groups of a load
   * balancer that hands the connection on under its client's address.
   */
  admits(
    securityGroupIds: readonly string[],
    peer: Peer,
    port: number,
    through: readonly string[] = [],
  ): boolean {
    const peerGroups = [...(this.interfaceAt(peer)?.securityGroupIds ?? []), ...through];
    const cidrsOf = (prefixListId: string): string[] => {
      const list = this.prefixLists.get(prefixListId);
      return list ? currentEntries(list).map(({ cidr }) => cidr) : [];
    };
    return securityGroupIds
      .flatMap((id) => [...(this.securityGroups.get(id)?.rules.values() ?? [])])
      .some((rule) => permits(rule, { address: peer.address, groups: peerGroups, port, cidrsOf }));
  }

  /** The group that is meant where none is named. */
  defaultGroupOf(vpcId: string): string[] {
    return [...this.securityGroups.values()]
      .filter((group) => group.vpcId === vpcId && group.name === 'default')
      .map(({ id }) => id);
  }

  /** The interface that has an address in a VPC, in any of them where none is named. */
  interfaceAt({ address, vpcId }: Peer): NetworkInterface | undefined {
    for (const held of this.interfaces.values()) {
      if (vpcId !== undefined && held.vpcId !== vpcId) continue;
      if (held.privateIpAddresses.includes(address) || held.ipv6Addresses.includes(address)) return held;
    }
    return undefined;
  }

  freeAddresses(subnet: Subnet): number {
    return capacity(subnet) - this.#taken(subnet.id).size;
  }

  /**
   * A free address of a subnet, by chance, as EC2 gives them; none of those already spoken for.
   *
   * @throws AwsError `InsufficientFreeAddressesInSubnet`
   */
  allocate(subnet: Subnet, spokenFor: readonly string[] = []): string {
    const taken = new Set([...this.#taken(subnet.id), ...spokenFor]);
    const size = capacity(subnet);
    const start = Math.floor(this.#random() * size);
    for (let step = 0; step < size; step++) {
      const address = formatAddress(addressAt(subnet, (start + step) % size));
      if (!taken.has(address)) return address;
    }
    throw new AwsError(
      'InsufficientFreeAddressesInSubnet',
      `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
    );
  }

  #taken(subnetId: string): Set<string> {
    const inSubnet = [...this.interfaces.values()].filter((held) => held.subnetId === subnetId);
    return new Set(inSubnet.flatMap((held) => held.privateIpAddresses));
  }
}
