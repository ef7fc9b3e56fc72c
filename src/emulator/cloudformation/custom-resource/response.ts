import { ResourceFailure } from '../resource-provider.ts';
import { isRecord } from '../template/template.ts';
import type { CustomResourceRequest } from './request.ts';

/** What a custom resource's function answered, once it has been found to be in order. */
export interface CustomResourceResponse {
  /** None but on FAILED. */
  physicalId: string | undefined;
  /** Why it failed, where it did. */
  failure: string | undefined;
  data: Readonly<Record<string, unknown>>;
}

const maxBodyBytes = 4096;
const maxPhysicalIdBytes = 1024;

/** @throws ResourceFailure where CloudFormation does not take the response */
export function readResponse(body: string, request: CustomResourceRequest): CustomResourceResponse {
  if (Buffer.byteLength(body) > maxBodyBytes) throw new ResourceFailure('Response object is too long.');
  const response = parse(body);
  for (const key of ['StackId', 'RequestId', 'LogicalResourceId'] as const) {
    if (response[key] !== request[key]) {
      throw new ResourceFailure(
        `Invalid response object: ${key} must be ${request[key]}, got ${JSON.stringify(response[key])}`,
      );
    }
  }
  return readOutcome(response);
}

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const response: unknown = JSON.parse(body);
    if (isRecord(response)) return response;
  } catch {
    // Said below, as for every other body that is not an object.
  }
  throw new ResourceFailure('Invalid response object: Response must be a JSON object');
}

function readOutcome(response: Readonly<Record<string, unknown>>): CustomResourceResponse {
  const { Status, Reason, PhysicalResourceId: physicalId, Data: data = {} } = response;
  if (Status === 'FAILED') {
    if (typeof Reason !== 'string' || Reason === '') {
      throw new ResourceFailure('Invalid response object: Value of property Reason must be of type String');
    }
    return { physicalId: isPhysicalId(physicalId) ? physicalId : undefined, failure: Reason, data: {} };
  }
  if (Status !== 'SUCCESS')
    throw new ResourceFailure('Invalid response object: Status must be SUCCESS or FAILED');
  if (!isPhysicalId(physicalId)) throw new ResourceFailure('Invalid PhysicalResourceId');
  if (!isRecord(data))
    throw new ResourceFailure('Invalid response object: Value of property Data must be an object');
  return { physicalId, failure: undefined, data };
}

function isPhysicalId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= maxPhysicalIdBytes;
}
