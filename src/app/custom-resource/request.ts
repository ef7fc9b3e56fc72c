import { AlbridgeError } from '../../engine/errors.ts';
import type { LoadBalancerReference } from '../../sources/load-balancer-reference.ts';

/** What CloudFormation sends a custom resource's function. Every primitive among the properties arrives as a string. */
export interface CustomResourceRequest {
  RequestType: 'Create' | 'Update' | 'Delete';
  RequestId: string;
  StackId: string;
  LogicalResourceId: string;
  /** A presigned URL, good for one answer: a credential. */
  ResponseURL: string;
  /** On Update and Delete. */
  PhysicalResourceId?: string;
  ResourceProperties?: Readonly<Record<string, unknown>>;
  /** On Update. */
  OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** What the properties ask for; others than these (a stack may pass subnets, to be updated when they change) are not read. */
export interface AddressesProperties {
  loadBalancer: LoadBalancerReference;
  listenerPort: number;
}

export function parseProperties(properties: Readonly<Record<string, unknown>>): AddressesProperties {
  return { loadBalancer: reference(properties), listenerPort: port(properties.listenerPort || '80') };
}

function reference({
  loadBalancerArn,
  nlbDescription,
}: Readonly<Record<string, unknown>>): LoadBalancerReference {
  if (typeof loadBalancerArn === 'string' && loadBalancerArn) return { arn: loadBalancerArn };
  if (typeof nlbDescription === 'string' && nlbDescription) return { description: nlbDescription };
  const message =
    'the properties name no load balancer; give loadBalancerArn, or nlbDescription with its name';
  throw new AlbridgeError('invalid-config', message);
}

function port(value: unknown): number {
  const number = /^\d{1,5}$/.test(String(value)) ? Number(value) : 0;
  if (number >= 1 && number <= 65_535) return number;
  throw new AlbridgeError('invalid-config', `listenerPort is '${value}'; give a port from 1 to 65535`);
}
