import type { AwsClients } from '../../aws/clients.ts';
import { classify } from '../../aws/errors.ts';
import { type Address, addressFamily, sortAddresses } from '../../engine/address.ts';
import { AlbridgeError } from '../../engine/errors.ts';
import { findLoadBalancer } from '../../sources/find-load-balancer.ts';
import { loadBalancerInterfaces } from '../../sources/load-balancer-interfaces.ts';
import type { LoadBalancerReference } from '../../sources/load-balancer-reference.ts';

/** The private IPv4 addresses of a load balancer, or what is still missing of it. */
export type Readiness = { addresses: readonly Address[] } | { missing: string };

/** A load balancer is ready when it is active and has an interface in use in each of its subnets. */
export async function readAddresses(
  { elbv2, ec2 }: AwsClients,
  reference: LoadBalancerReference,
): Promise<Readiness> {
  const loadBalancer = await findLoadBalancer(elbv2, reference);
  const { arn, state, subnetIds } = loadBalancer;
  if (state === 'failed') throw new AlbridgeError('source-unknown', `'${arn}' could not be provisioned`);
  const interfaces = await loadBalancerInterfaces(ec2, loadBalancer);
  const inUse = interfaces.filter((networkInterface) => networkInterface.inUse);
  const present = new Set(inUse.map(({ subnetId }) => subnetId));
  const covered = subnetIds.filter((subnetId) => present.has(subnetId));
  if (state === 'provisioning' || covered.length === 0 || covered.length < subnetIds.length) {
    return {
      missing: `'${arn}' is ${state}, with interfaces in ${covered.length} of ${subnetIds.length} subnets`,
    };
  }
  const addresses = inUse.flatMap((networkInterface) => networkInterface.addresses);
  return { addresses: sortAddresses(addresses.filter((address) => addressFamily(address) === 'ipv4')) };
}

/** Errors that pass: a role made a moment ago is not yet known everywhere, and a limit refills. */
export function mayPass(error: unknown): boolean {
  const cause = error instanceof AlbridgeError ? error.cause : error;
  const transient = ['access-denied', 'throttled', 'timeout', 'unavailable', 'unreachable'];
  return transient.includes(classify(cause));
}
