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
  /** Those that answer. */
  readonly all: Set<Host> = new Set();
  /** Those that do not, with how many faults keep each of them from it. */
  readonly #silenced: Map<Host, number> = new Map();

  add(host: Host): void {
    this.all.add(host);
    this.changes.announce();
  }

  remove(host: Host): void {
    this.all.delete(host);
    this.#silenced.delete(host);
    this.changes.announce();
  }

  /** Those with an address, whether or not they answer. */
  at(address: string): Host[] {
    return [...this.all, ...this.#silenced.keys()].filter((host) => host.address === address);
  }

  /** A host answers nobody until the function given is called; one that was removed by then stays away. */
  silence(host: Host): () => void {
    this.#silenced.set(host, (this.#silenced.get(host) ?? 0) + 1);
    this.all.delete(host);
    this.changes.announce();
    return () => this.#unsilence(host);
  }

  #unsilence(host: Host): void {
    const faults = this.#silenced.get(host);
    if (faults === undefined) return;
    if (faults > 1) {
      this.#silenced.set(host, faults - 1);
      return;
    }
    this.#silenced.delete(host);
    this.add(host);
  }
}

/** The VPC of a host; undefined where it is outside of all, and every VPC reaches it. */
export function vpcOfHost({ vpcs }: Network, { vpcId, address }: Host): string | undefined {
  if (vpcId !== undefined) return vpcId;
  return [...vpcs.values()].find((vpc) => cidrsOf(vpc).some((cidr) => includes(cidr, address)))?.id;
}
