import { Changes } from '../../core/changes.ts';

/** A machine in a VPC that is not the emulator's: what is sent to its address goes on to a server on this computer. */
export interface Host {
  /** Its address in the VPC. */
  address: string;
  port: number;
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
