/** Who takes part in a connection: an address, which means somebody only together with the VPC that it is in. */
export interface Peer {
  address: string;
  /** Undefined for who is in no VPC, or in one that is not known. */
  vpcId?: string | undefined;
}

/** Whom connections of some interfaces come from: each of their addresses. */
export function peersOf(interfaces: readonly { vpcId: string; privateIpAddresses: string[] }[]): Peer[] {
  return interfaces.flatMap(({ vpcId, privateIpAddresses }) =>
    privateIpAddresses.map((address) => ({ address, vpcId })),
  );
}
