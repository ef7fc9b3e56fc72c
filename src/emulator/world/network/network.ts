import type { NetworkInterface } from './network-interface.ts';

/** VPCs, subnets, interfaces and security groups. */
export class Network {
  readonly interfaces: Map<string, NetworkInterface> = new Map();

  /** Whether the security groups let a TCP connection from `peer` in on `port`. */
  admits(_securityGroupIds: readonly string[], _peer: string, _port: number): boolean {
    return true;
  }
}
