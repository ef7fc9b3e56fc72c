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
  /** How `PrivateIpAddresses` is wanted; undefined where it is not, as by all but `Custom::LBIpAddress`. */
  format?: 'cidr' | 'plain';
}

/**
 * What invoked the function as a request; what CloudFormation would not send is told apart as far as an answer goes.
 *
 * @throws AlbridgeError `invalid-config` where it does not say where the answer belongs
 */
export function parseRequest(event: unknown): CustomResourceRequest {
  const { RequestType, ResponseURL, PhysicalResourceId, ...given } = asObject(event) ?? {};
  if (typeof ResponseURL !== 'string') {
    const message = 'the event is no request of cloudformation: it has no ResponseURL; nothing was sent';
    throw new AlbridgeError('invalid-config', message);
  }
  const properties = asObject(given.ResourceProperties);
  const oldProperties = asObject(given.OldResourceProperties);
  return {
    RequestType: text(RequestType) as CustomResourceRequest['RequestType'],
    RequestId: text(given.RequestId),
    StackId: text(given.StackId),
    LogicalResourceId: text(given.LogicalResourceId),
    ResponseURL,
    ...(text(PhysicalResourceId) && { PhysicalResourceId: text(PhysicalResourceId) }),
    ...(properties && { ResourceProperties: properties }),
    ...(oldProperties && { OldResourceProperties: oldProperties }),
  };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function parseProperties(properties: Readonly<Record<string, unknown>>): AddressesProperties {
  return {
    loadBalancer: reference(properties),
    listenerPort: port(properties.listenerPort || '80'),
    ...(properties.LoadBalancerArn ? { format: format(properties.Format || 'cidr') } : {}),
  };
}

function format(value: unknown): 'cidr' | 'plain' {
  const asked = text(value).toLowerCase();
  if (asked === 'cidr' || asked === 'plain') return asked;
  throw new AlbridgeError('invalid-config', `Format is '${asked || typeof value}'; give cidr or plain`);
}

function reference({
  LoadBalancerArn,
  loadBalancerArn = LoadBalancerArn,
  nlbDescription,
}: Readonly<Record<string, unknown>>): LoadBalancerReference {
  if (typeof loadBalancerArn === 'string' && loadBalancerArn) return { arn: loadBalancerArn };
  if (typeof nlbDescription === 'string' && nlbDescription) return { description: nlbDescription };
  const message =
    'the properties name no load balancer; give loadBalancerArn, or nlbDescription with its name';
  throw new AlbridgeError('invalid-config', message);
}

function port(value: unknown): number {
  const digits = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const number = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  if (number >= 1 && number <= 65_535) return number;
  throw new AlbridgeError(
    'invalid-config',
    `listenerPort is '${digits || typeof value}'; give a port from 1 to 65535`,
  );
}
