/** A public address that an account holds, and what it is given to. */
export interface ElasticIp {
  /** Allocation id. */
  id: string;
  publicIp: string;
  association: Association | undefined;
  tags: Map<string, string>;
}

export interface Association {
  id: string;
  interfaceId: string;
  privateIp: string;
}
