import { type Block, parseBlock } from './cidr.ts';

export interface Vpc {
  id: string;
  cidr: string;
  block: Block;
  /** Further blocks, of either family, by the id of their association. */
  moreCidrs: Map<string, string>;
  isDefault: boolean;
  enableDnsSupport: boolean;
  enableDnsHostnames: boolean;
  tags: Map<string, string>;
}

export interface Subnet {
  id: string;
  arn: string;
  vpcId: string;
  cidr: string;
  block: Block;
  availabilityZone: string;
  defaultForAz: boolean;
  mapPublicIpOnLaunch: boolean;
  networkAclId: string;
  networkAclAssociationId: string;
  tags: Map<string, string>;
}

export interface RouteTable {
  id: string;
  vpcId: string;
  main: boolean;
  /** What ties it to its VPC while it is the main one. */
  mainAssociationId: string;
  routes: Route[];
  /** Association id → subnet. */
  associations: Map<string, string>;
  tags: Map<string, string>;
}

/** A table's subnets, and first, for the main one, its VPC: an association without a subnet. */
export function associationsOf(table: RouteTable): { id: string; subnetId: string | undefined }[] {
  const main = table.main ? [{ id: table.mainAssociationId, subnetId: undefined }] : [];
  return [...main, ...[...table.associations].map(([id, subnetId]) => ({ id, subnetId }))];
}

export interface Route {
  /** A block of either family, or the id of a prefix list. */
  destination: string;
  target: RouteTarget;
}

/** Where a route leads; `local` is the VPC itself. */
export type RouteTarget =
  | { kind: 'gateway'; id: string }
  | { kind: 'nat-gateway'; id: string }
  | { kind: 'interface'; id: string };

export interface InternetGateway {
  id: string;
  vpcId: string | undefined;
  tags: Map<string, string>;
}

/** All CIDR blocks of a VPC, of both families. */
export function cidrsOf(vpc: Vpc): string[] {
  return [vpc.cidr, ...vpc.moreCidrs.values()];
}

/** Its IPv4 blocks. */
export function blocksOf(vpc: Vpc): Block[] {
  return cidrsOf(vpc).flatMap((cidr) => parseBlock(cidr) ?? []);
}

/** AWS keeps the first four addresses of a subnet and its last. */
const reservedAtStart = 4;
const reservedAtEnd = 1;

/** How many addresses of a subnet can be given to interfaces. */
export function capacity(subnet: Subnet): number {
  return subnet.block.size - reservedAtStart - reservedAtEnd;
}

/** The address at `index` among those that can be given to interfaces. */
export function addressAt(subnet: Subnet, index: number): number {
  return subnet.block.first + reservedAtStart + index;
}
