export type InterfaceStatus = 'available' | 'associated' | 'attaching' | 'in-use' | 'detaching';

export interface NetworkInterface {
  id: string;
  description: string;
  interfaceType: string;
  requesterId: string | undefined;
  requesterManaged: boolean;
  ownerId: string;
  vpcId: string;
  subnetId: string;
  availabilityZone: string;
  status: InterfaceStatus;
  /** The first is the primary one. */
  privateIpAddresses: string[];
  ipv6Addresses: string[];
  securityGroupIds: string[];
  macAddress: string;
  attachment: Attachment | undefined;
  tags: Map<string, string>;
}

export interface Attachment {
  id: string;
  instanceOwnerId: string;
  deviceIndex: number;
}
