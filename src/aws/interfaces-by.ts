import type { EC2Client, NetworkInterface } from '@aws-sdk/client-ec2';
import { type Address, addressFamily, parseAddress } from '../engine/address.ts';
import { type Answers, coalesced } from './coalesced.ts';
import { addressTexts, describeNetworkInterfaces } from './network-interfaces.ts';
import { perClient } from './per-client.ts';

/** What an interface has to have, and the VPC that it has to be in. */
interface Asked {
  vpcId: string;
  value: string;
}

type Listing = (asked: Asked) => Promise<readonly NetworkInterface[]>;

/** The most values that the filters of a call take: the documentation says "per filter", EC2's error "on a single call". */
const filterLimit = 200;

const byDescription = perClient((ec2: EC2Client) =>
  listing(ec2, 'description', ({ Description }) => [Description ?? '']),
);
const byIpv4 = perClient((ec2: EC2Client) => listing(ec2, 'addresses.private-ip-address', addressesOf));
const byIpv6 = perClient((ec2: EC2Client) => listing(ec2, 'ipv6-addresses.ipv6-address', addressesOf));

/** The interfaces with exactly this description in a VPC; all that are asked for together share their calls. */
export function interfacesByDescription(
  ec2: EC2Client,
  { vpcId, description }: { vpcId: string; description: string },
): Promise<readonly NetworkInterface[]> {
  return byDescription(ec2)({ vpcId, value: description });
}

/** The interfaces that hold an address in a VPC, likewise. */
export function interfacesByAddress(
  ec2: EC2Client,
  { vpcId, address }: { vpcId: string; address: Address },
): Promise<readonly NetworkInterface[]> {
  const listingOf = addressFamily(address) === 'ipv4' ? byIpv4 : byIpv6;
  return listingOf(ec2)({ vpcId, value: address });
}

function listing(
  ec2: EC2Client,
  filter: string,
  valuesOf: (found: NetworkInterface) => readonly string[],
): Listing {
  return coalesced({ idOf, read });

  async function read(asked: readonly Asked[]): Promise<Answers<Asked, readonly NetworkInterface[]>> {
    const pages = await Promise.all(calls(asked).map(list));
    const found = new Map<string, NetworkInterface[]>();
    for (const held of pages.flat()) {
      for (const value of valuesOf(held)) {
        const id = idOf({ vpcId: held.VpcId ?? '', value });
        found.set(id, [...(found.get(id) ?? []), held]);
      }
    }
    return (one) => found.get(idOf(one)) ?? [];
  }

  /** Also finds what one asked for in the VPC of another, and what EC2 takes `*` and `?` for: nobody is given it (FM4). */
  function list(asked: readonly Asked[]): Promise<NetworkInterface[]> {
    return describeNetworkInterfaces(ec2, [
      { Name: filter, Values: [...new Set(asked.map(({ value }) => value))] },
      { Name: 'vpc-id', Values: [...new Set(asked.map(({ vpcId }) => vpcId))] },
    ]);
  }
}

/** As many in each call as it takes, with the VPCs that they are in. */
function calls(asked: readonly Asked[]): Asked[][] {
  const inOrder = [...asked].sort((one, other) => one.vpcId.localeCompare(other.vpcId));
  const parts: Asked[][] = [];
  for (const one of inOrder) {
    const part = parts.at(-1);
    if (part && filterValues([...part, one]) <= filterLimit) part.push(one);
    else parts.push([one]);
  }
  return parts;
}

function filterValues(asked: readonly Asked[]): number {
  return asked.length + new Set(asked.map(({ vpcId }) => vpcId)).size;
}

function idOf({ vpcId, value }: Asked): string {
  return `${vpcId} ${value}`;
}

function addressesOf(found: NetworkInterface): string[] {
  return addressTexts(found).map((text) => parseAddress(text) ?? text);
}
