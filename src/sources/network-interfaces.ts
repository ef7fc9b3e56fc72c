import type { EC2Client, Filter, NetworkInterface } from '@aws-sdk/client-ec2';
import { explain } from '../aws/errors.ts';
import { describeNetworkInterfaces } from '../aws/network-interfaces.ts';
import { AlbridgeError, asAlbridgeError } from '../engine/errors.ts';
import type { Fates } from '../engine/fate.ts';
import { complete, type Observation, unknown } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';
import { addressFates } from './address-fates.ts';
import { confirming } from './confirming.ts';
import { inUseAddresses } from './in-use-addresses.ts';

/** Which interfaces: those that have all of the tags, one of the groups, and are in one of the subnets. */
export interface InterfaceSelection {
  tags?: Readonly<Record<string, string>> | undefined;
  securityGroupIds?: readonly string[] | undefined;
  subnetIds?: readonly string[] | undefined;
  vpcId?: string | undefined;
}

export interface NetworkInterfacesSourceOptions {
  ec2: EC2Client;
  selection: InterfaceSelection;
}

/** The addresses of the network interfaces that a selection finds. */
export function networkInterfacesSource({ ec2, selection }: NetworkInterfacesSourceOptions): Source {
  let seenIn: string[] | undefined;
  return {
    async read(): Promise<Observation> {
      try {
        const found = await select(ec2, selection);
        seenIn = vpcsOf(found);
        const addresses = inUseAddresses(found);
        return addresses.length > 0 ? complete(addresses) : unknown(none(selection, found.length));
      } catch (error) {
        return unknown(asAlbridgeError(error, 'source-unknown'));
      }
    },
    async confirm(addresses, { outOfService }): Promise<Fates> {
      const again = async (): Promise<string[]> => vpcsOf(await select(ec2, selection));
      const { vpcId } = selection;
      const vpcIds = vpcId === undefined ? (seenIn ?? (await confirming(addresses, again))) : [vpcId];
      const isOwn = (holder: NetworkInterface): boolean => matches(holder, selection);
      return addressFates(ec2, { addresses, vpcIds, isOwn, outOfService });
    },
  };
}

async function select(ec2: EC2Client, selection: InterfaceSelection): Promise<NetworkInterface[]> {
  try {
    const found = await describeNetworkInterfaces(ec2, filtersOf(selection));
    // EC2 takes * and ? in a filter for wildcards, so the answer is compared once more (FM4).
    return found.filter((networkInterface) => matches(networkInterface, selection));
  } catch (error) {
    const message = explain(`ec2:DescribeNetworkInterfaces for ${describe(selection)}`, error);
    throw new AlbridgeError('source-unknown', message, { cause: error });
  }
}

function filtersOf({ tags = {}, securityGroupIds, subnetIds, vpcId }: InterfaceSelection): Filter[] {
  const asked: [string, readonly string[] | undefined][] = [
    ...Object.entries(tags).map(([key, value]): [string, string[]] => [`tag:${key}`, [value]]),
    ['group-id', securityGroupIds],
    ['subnet-id', subnetIds],
    ['vpc-id', vpcId === undefined ? undefined : [vpcId]],
  ];
  return asked.flatMap(([Name, values]) => (values === undefined ? [] : [{ Name, Values: [...values] }]));
}

function matches(found: NetworkInterface, selection: InterfaceSelection): boolean {
  const { tags = {}, securityGroupIds, subnetIds, vpcId } = selection;
  const isTagged = Object.entries(tags).every(([key, value]) =>
    found.TagSet?.some((tag) => tag.Key === key && (tag.Value ?? '') === value),
  );
  const isInGroup = found.Groups?.some(({ GroupId = '' }) => securityGroupIds?.includes(GroupId)) ?? false;
  return (
    isTagged &&
    (securityGroupIds === undefined || isInGroup) &&
    (subnetIds === undefined || subnetIds.includes(found.SubnetId ?? '')) &&
    (vpcId === undefined || found.VpcId === vpcId)
  );
}

function vpcsOf(found: readonly NetworkInterface[]): string[] {
  return [...new Set(found.flatMap(({ VpcId }) => VpcId ?? []))];
}

/** Who selects interfaces expects some: seeing none means not seeing (FM1). */
function none(selection: InterfaceSelection, others: number): AlbridgeError {
  const message = `no network interface in use has ${describe(selection)} (${others} in another status); check the selection`;
  return new AlbridgeError('source-unknown', message);
}

/** `tag:role=web, group-id=sg-1` */
function describe(selection: InterfaceSelection): string {
  return filtersOf(selection)
    .map(({ Name, Values = [] }) => `${Name}=${Values.join('|')}`)
    .join(', ');
}
