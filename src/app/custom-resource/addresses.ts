import type { AwsClientsOf } from '../../aws/clients.ts';
import type { Address } from '../../engine/address.ts';
import { messageOf } from '../../engine/errors.ts';
import { regionOf } from '../../sources/load-balancer-reference.ts';
import { awaitAddresses } from './await-addresses.ts';
import { awaitDrained } from './await-drained.ts';
import { awaitHealthyTargets } from './await-healthy-targets.ts';
import { type CustomResourceRequest, parseProperties, parseRequest } from './request.ts';
import { type CustomResourceResponse, failure, success } from './response.ts';
import { sendResponse } from './send-response.ts';
import type { Wait } from './wait.ts';

export interface AddressesOptions {
  clientsOf: AwsClientsOf;
  /** `AWS_ENDPOINT_URL`, where there is one. */
  endpoint: string | undefined;
  wait: Wait;
  /** Takes a line of the log. */
  write: (line: string) => void;
}

/** What Lambda tells of an invocation. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** An ingress rule as `SecurityGroupIngress` of a security group takes it. */
interface IngressRule {
  IpProtocol: 'tcp';
  CidrIp: string;
  FromPort: number;
  ToPort: number;
}

/** What the answer has to leave room for before the function's own time-out. */
const answerTime = 10_000;

/**
 * The custom resource: answers a load balancer's private addresses once it is ready, as `privateIps` (ingress rules)
 * and `addresses` (plain), and to those who ask in the words of `Custom::LBIpAddress` as `PrivateIpAddresses`; or, where
 * `targetGroupArn` is given instead, waits until that has healthy targets; or, where `drainSeconds` is, for requests
 * under way. Exactly one answer goes out for each invocation, whatever happens (FM24).
 */
export async function addresses(
  event: unknown,
  context: InvocationContext,
  options: AddressesOptions,
): Promise<void> {
  const request = parseRequest(event);
  const response = await answer(request, context, options);
  options.write(logLine(request, response));
  await sendResponse(request.ResponseURL, response, options);
}

async function answer(
  request: CustomResourceRequest,
  context: InvocationContext,
  { clientsOf, wait }: AddressesOptions,
): Promise<CustomResourceResponse> {
  // Nothing was made, so there is nothing to delete, and no reason to ask AWS.
  if (request.RequestType === 'Delete') return success(request);
  try {
    const remaining = context.getRemainingTimeInMillis();
    const patience = remaining - Math.min(answerTime, remaining / 2);
    const { drainSeconds, targetGroupArn } = request.ResourceProperties ?? {};
    if (drainSeconds !== undefined) {
      return success(request, { drained: await awaitDrained(request, { patience, wait }) });
    }
    if (typeof targetGroupArn === 'string' && targetGroupArn !== '') {
      const clients = clientsOf(targetGroupArn.split(':')[3]);
      return success(request, {
        healthy: await awaitHealthyTargets({ clients, targetGroupArn, patience, wait }),
      });
    }
    const { loadBalancer, listenerPort, format } = parseProperties(request.ResourceProperties ?? {});
    const clients = clientsOf(regionOf(loadBalancer));
    const found = await awaitAddresses({ clients, loadBalancer, patience, wait });
    const privateIps = found.map((address) => ingressRule(address, listenerPort));
    const listed = found.map((address) => (format === 'cidr' ? `${address}/32` : address));
    return success(request, { privateIps, addresses: found, ...(format && { PrivateIpAddresses: listed }) });
  } catch (error) {
    return failure(request, messageOf(error));
  }
}

function ingressRule(address: Address, port: number): IngressRule {
  return { IpProtocol: 'tcp', CidrIp: `${address}/32`, FromPort: port, ToPort: port };
}

function logLine(request: CustomResourceRequest, response: CustomResourceResponse): string {
  return JSON.stringify({
    level: response.Status === 'SUCCESS' ? 'info' : 'error',
    message: `${request.RequestType} of ${request.LogicalResourceId}: ${response.Status}`,
    reason: response.Reason,
    physicalResourceId: response.PhysicalResourceId,
    stackId: response.StackId,
    requestId: response.RequestId,
    data: response.Data,
  });
}
