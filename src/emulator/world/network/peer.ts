/** Who takes part in a connection: an address, which means somebody only together with the VPC that it is in. */
export interface Peer {
  address: string;
  /** Undefined for who is in no VPC, or in one that is not known. */
  vpcId?: string | undefined;
}
