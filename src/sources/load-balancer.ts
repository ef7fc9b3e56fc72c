import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../aws/clients.ts';
import type { Address } from '../engine/address.ts';
import { AlbridgeError, asAlbridgeError } from '../engine/errors.ts';
import type { Fates } from '../engine/fate.ts';
import { complete, type Known, type Observation, unknown } from '../engine/observation.ts';
import type { Source } from '../engine/source.ts';
import { addressFates } from './address-fates.ts';
import { confirming } from './confirming.ts';
import type { Resolve } from './dns/question.ts';
import { answerInFull, divideByService } from './early-drain.ts';
import { findLoadBalancer, type LoadBalancer } from './find-load-balancer.ts';
import { loadBalancerInterfaces, type NodeInterface } from './load-balancer-interfaces.ts';
import type { LoadBalancerReference } from './load-balancer-reference.ts';

export interface LoadBalancerSourceOptions {
  clients: AwsClients;
  loadBalancer: LoadBalancerReference;
  /**
   * Whether an application load balancer's DNS name decides, where it tells all of its addresses, which of the
   * interfaces are in service; see `divideByService`.
   */
  earlyDrain: boolean;
  /**
   * Name servers that hold its DNS name, as `10.0.0.2` or `10.0.0.2:53`; asked where it has more than eight nodes.
   *
   * @default those of the name's zone
   */
  nameServers?: readonly string[] | undefined;
  resolve: Resolve;
  /** Milliseconds of any clock: DNS is not asked for longer than some seconds. */
  now: () => number;
}

/** The addresses of an application or network load balancer, as its network interfaces in EC2 show them. */
export function loadBalancerSource(options: LoadBalancerSourceOptions): Source {
  const { clients, loadBalancer: reference } = options;
  let found: LoadBalancer | undefined;
  let inUse: readonly NodeInterface[] = [];
  return {
    async read(): Promise<Observation> {
      try {
        found = await findLoadBalancer(clients.elbv2, reference);
        inUse = await interfacesInUse(found, options);
        const { inService, outOfService } = await divide(found, inUse, options);
        return complete(addressesOf(inService), addressesOf(outOfService));
      } catch (error) {
        return unknown(asAlbridgeError(error, 'source-unknown'));
      }
    },
    async confirm(addresses: readonly Address[], { outOfService }: Known): Promise<Fates> {
      found ??= await confirming(addresses, () => findLoadBalancer(clients.elbv2, reference));
      const { vpcId, interfaceDescription } = found;
      const isOwn = ({ Description }: NetworkInterface): boolean => Description === interfaceDescription;
      // Absence from one answer may be a cache's mistake: what is to go for it has to be absent from two.
      const isDoubted = addresses.some((address) => outOfService.includes(address));
      const again = isDoubted ? addressesOf((await divide(found, inUse, options)).outOfService) : [];
      const twice = outOfService.filter((address) => again.includes(address));
      return addressFates(clients.ec2, { addresses, vpcIds: [vpcId], isOwn, outOfService: twice });
    },
  };
}

async function interfacesInUse(
  loadBalancer: LoadBalancer,
  { clients }: LoadBalancerSourceOptions,
): Promise<readonly NodeInterface[]> {
  const interfaces = await loadBalancerInterfaces(clients.ec2, loadBalancer);
  const inUse = interfaces.filter((networkInterface) => networkInterface.inUse);
  if (inUse.length === 0) throw none(loadBalancer, interfaces.length);
  return inUse;
}

/** Which of the interfaces are in service: by DNS, where it is asked and answers in full, else all of them. */
async function divide(
  { type, dnsName }: LoadBalancer,
  interfaces: readonly NodeInterface[],
  { earlyDrain, nameServers: servers, resolve, now }: LoadBalancerSourceOptions,
): Promise<ReturnType<typeof divideByService>> {
  const asksDns = earlyDrain && type === 'application';
  const answer = asksDns ? await answerInFull({ dnsName, interfaces, servers, resolve, now }) : undefined;
  return divideByService(interfaces, answer);
}

function addressesOf(interfaces: readonly NodeInterface[]): Address[] {
  return interfaces.flatMap(({ addresses }) => addresses);
}

/** A load balancer has interfaces: seeing none means not seeing (FM1). */
function none({ interfaceDescription, vpcId, state }: LoadBalancer, others: number): AlbridgeError {
  const message = `no in-use network interface has the description '${interfaceDescription}' in ${vpcId} (${others} in another status; the load balancer is ${state})`;
  return new AlbridgeError('source-unknown', message);
}
