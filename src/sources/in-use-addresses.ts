import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { addressTexts } from '../aws/network-interfaces.ts';
import { type Address, parseAddress, sortAddresses } from '../engine/address.ts';

/** Every private address of the interfaces that are in use: any other status is that of one which comes or goes (FM6). */
export function inUseAddresses(interfaces: readonly NetworkInterface[]): Address[] {
  const inUse = interfaces.filter(({ Status }) => Status === 'in-use');
  return sortAddresses(inUse.flatMap(addressTexts).flatMap((text) => parseAddress(text) ?? []));
}
