import type { Network } from './network.ts';
import { createInterface, deleteInterface, type NetworkInterface } from './network-interface.ts';
import type { Subnet } from './vpc.ts';

export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

/** A machine of EC2. What it serves is a host at its address; the instance itself is an id, a place and a state. */
export interface Instance {
  id: string;
  imageId: string;
  instanceType: string;
  state: InstanceState;
  /** Why it could not start. */
  failure: string | undefined;
  /** Whether its status checks fail: nothing answers any more, and EC2 knows. */
  isImpaired: boolean;
  launchedAt: number;
  instanceProfileArn: string | undefined;
  /** Base64, as it was given. */
  userData: string | undefined;
  /** Its only one. */
  interface: NetworkInterface;
  tags: Map<string, string>;
}

export interface LaunchOptions {
  account: string;
  subnet: Subnet;
  imageId: string;
  instanceType: string;
  securityGroupIds: string[];
  launchedAt: number;
  instanceProfileArn?: string | undefined;
  userData?: string | undefined;
  /** Given by EC2 where none is asked for. */
  address?: string | undefined;
  tags?: Map<string, string>;
}

/** Makes an instance, `pending` until somebody says that it runs. */
export function launchInstance(network: Network, options: LaunchOptions): Instance {
  const { account, subnet, securityGroupIds, address } = options;
  const held = createInterface(network, { account, subnet, description: '', securityGroupIds, address });
  held.status = 'in-use';
  held.attachment = { id: network.newId('eni-attach'), instanceOwnerId: account, deviceIndex: 0 };
  const instance: Instance = {
    id: network.newId('i'),
    imageId: options.imageId,
    instanceType: options.instanceType,
    state: 'pending',
    failure: undefined,
    isImpaired: false,
    launchedAt: options.launchedAt,
    instanceProfileArn: options.instanceProfileArn,
    userData: options.userData,
    interface: held,
    tags: options.tags ?? new Map(),
  };
  network.instances.set(instance.id, instance);
  network.changes.announce();
  return instance;
}

export function privateAddress({ interface: { privateIpAddresses } }: Instance): string {
  return privateIpAddresses[0] ?? '';
}

/** A terminated instance is told of for a while, without its interface. */
export function terminateInstance(network: Network, instance: Instance): void {
  instance.state = 'terminated';
  deleteInterface(network, instance.interface.id);
}
