import { Changes } from '../../core/changes.ts';
import { includes } from './cidr.ts';
import type { Network } from './network.ts';
import { cidrsOf } from './vpc.ts';

/** A machine that is not the emulator's: what is sent to its address goes on to a server on this computer. */
export interface Host {
  address: string;
  port: number;
  /**
   * The VPC that it is in.
   *
   * @default the first of its account and region whose range has its address; if there is none it is outside of all
   */
  vpcId?: string;
  forwardTo: { host: string; port: number };
}

export class Hosts {
  readonly changes: Changes = new Changes();
  readonly all: Set<Host> = new Set();

  add(host: Host): void {
    this.all.add(host);
    this.changes.announce();
  }

  remove(host: Host): void {
    this.all.delete(host);
    this.changes.announce();
  }
}

/** The VPC of a host; undefined where it is outside of all, and every VPC reaches it. */
export function vpcOfHost({ vpcs }: Network, { vpcId, address }: Host): string | undefined {
  if (vpcId !== undefined) return vpcId;
  return [...vpcs.values()].find((vpc) => cidrsOf(vpc).some((cidr) => includes(cidr, address)))?.id;
}
