import { DescribeVpcEndpointsCommand, type EC2Client, type NetworkInterface } from '@aws-sdk/client-ec2';
import { chunks } from '../aws/chunks.ts';
import { classify, explain } from '../aws/errors.ts';
import { describeNetworkInterfaces } from '../aws/network-interfaces.ts';
import { AlbridgeError, asAlbridgeError } from '../engine/errors.ts';
import type { Fates } from '../engine/fate.ts';
import { complete, type Observation, unknown } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';
import { addressFates } from './address-fates.ts';
import { confirming } from './confirming.ts';
import { inUseAddresses } from './in-use-addresses.ts';

export interface VpcEndpointSourceOptions {
  ec2: EC2Client;
  /** `vpce-…` */
  endpointId: string;
}

/** The most values that a filter takes. */
const filterLimit = 200;

/** The addresses of a VPC endpoint, as its network interfaces show them. */
export function vpcEndpointSource({ ec2, endpointId }: VpcEndpointSourceOptions): Source {
  return {
    async read(): Promise<Observation> {
      try {
        const endpoint = await findEndpoint(ec2, endpointId);
        const interfaces = await interfacesOf(ec2, endpoint);
        const addresses = inUseAddresses(interfaces);
        return addresses.length > 0 ? complete(addresses) : unknown(none(endpoint, interfaces.length));
      } catch (error) {
        return unknown(asAlbridgeError(error, 'source-unknown'));
      }
    },
    async confirm(addresses, { outOfService }): Promise<Fates> {
      // Asked anew: which interfaces are the endpoint's changes with its subnets.
      const endpoint = await confirming(addresses, () => findEndpoint(ec2, endpointId));
      const { vpcId, interfaceIds } = endpoint;
      const isOwn = ({ NetworkInterfaceId = '' }: NetworkInterface): boolean =>
        interfaceIds.includes(NetworkInterfaceId);
      return addressFates(ec2, { addresses, vpcIds: [vpcId], isOwn, outOfService });
    },
  };
}

interface VpcEndpoint {
  id: string;
  type: string;
  vpcId: string;
  /** `available`, `pending`, `deleting` … */
  state: string;
  interfaceIds: readonly string[];
}

async function findEndpoint(ec2: EC2Client, id: string): Promise<VpcEndpoint> {
  try {
    const { VpcEndpoints: [found] = [] } = await ec2.send(
      new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }),
    );
    if (!found?.VpcId) throw notFound(id);
    return {
      id,
      type: found.VpcEndpointType ?? 'unknown',
      vpcId: found.VpcId,
      state: found.State ?? 'unknown',
      interfaceIds: found.NetworkInterfaceIds ?? [],
    };
  } catch (error) {
    if (error instanceof AlbridgeError) throw error;
    if (classify(error) === 'not-found') throw notFound(id, error);
    const message = explain(`ec2:DescribeVpcEndpoints for '${id}'`, error);
    throw new AlbridgeError('source-unknown', message, { cause: error });
  }
}

function notFound(id: string, cause?: unknown): AlbridgeError {
  const message = `no vpc endpoint is '${id}' in this account and region; give the id of one that is`;
  return new AlbridgeError('source-unknown', message, { cause });
}

async function interfacesOf(
  ec2: EC2Client,
  { id, vpcId, interfaceIds }: VpcEndpoint,
): Promise<NetworkInterface[]> {
  try {
    const found: NetworkInterface[] = [];
    for (const values of chunks(interfaceIds, filterLimit)) {
      const filters = [
        { Name: 'network-interface-id', Values: values },
        { Name: 'vpc-id', Values: [vpcId] },
      ];
      found.push(...(await describeNetworkInterfaces(ec2, filters)));
    }
    return found;
  } catch (error) {
    const message = explain(`ec2:DescribeNetworkInterfaces for '${id}'`, error);
    throw new AlbridgeError('source-unknown', message, { cause: error });
  }
}

/** An endpoint with interfaces has addresses: seeing none means not seeing (FM1). */
function none({ id, type, state }: VpcEndpoint, others: number): AlbridgeError {
  const message =
    type === 'Gateway'
      ? `vpc endpoint '${id}' is of type Gateway, which has no addresses; give one of type Interface`
      : `vpc endpoint '${id}' has no network interface in use (${others} in another status; the endpoint is ${state})`;
  return new AlbridgeError('source-unknown', message);
}
