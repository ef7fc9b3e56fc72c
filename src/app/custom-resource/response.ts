import { physicalResourceId } from './physical-id.ts';
import type { CustomResourceRequest } from './request.ts';

/** What CloudFormation takes for an answer. */
export interface CustomResourceResponse {
  Status: 'SUCCESS' | 'FAILED';
  Reason?: string;
  PhysicalResourceId: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
  Data?: object;
}

/** The most bytes of an answer that CloudFormation reads. */
export const responseLimit = 4_096;

/** An answer longer than CloudFormation reads becomes a failure that says so: half of the addresses would be worse. */
export function success(request: CustomResourceRequest, data?: object): CustomResourceResponse {
  const response: CustomResourceResponse = {
    Status: 'SUCCESS',
    ...identity(request),
    ...(data && { Data: data }),
  };
  const size = sizeOf(response);
  if (size <= responseLimit) return response;
  const reason = `the answer takes ${size} bytes, cloudformation reads ${responseLimit}; use a load balancer with fewer addresses`;
  return failure(request, reason);
}

/** A failure, its reason cut to fit. A failed Update keeps the identity it had, or CloudFormation would delete that. */
export function failure(request: CustomResourceRequest, reason: string): CustomResourceResponse {
  const given = request.PhysicalResourceId ? { PhysicalResourceId: request.PhysicalResourceId } : {};
  const bare = { Status: 'FAILED', Reason: '', ...identity(request), ...given } as const;
  let kept = reason;
  while (kept !== '' && sizeOf({ ...bare, Reason: kept }) > responseLimit)
    kept = kept.slice(0, Math.floor(kept.length * 0.9));
  return { ...bare, Reason: kept || 'failed' };
}

function identity(
  request: CustomResourceRequest,
): Pick<CustomResourceResponse, 'PhysicalResourceId' | 'StackId' | 'RequestId' | 'LogicalResourceId'> {
  const { StackId, RequestId, LogicalResourceId } = request;
  return { PhysicalResourceId: physicalResourceId(request), StackId, RequestId, LogicalResourceId };
}

function sizeOf(response: CustomResourceResponse): number {
  return new TextEncoder().encode(JSON.stringify(response)).length;
}
