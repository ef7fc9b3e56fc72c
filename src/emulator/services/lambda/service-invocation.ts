import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import { invokeAsync } from '../../world/functions/async-invocation.ts';
import { permits } from '../../world/functions/resource-policy.ts';
import { findVersion } from './reference.ts';
import { notInState } from './revisions.ts';

export interface ServiceInvocation {
  functionArn: string;
  /** The service that invokes: `events.amazonaws.com`. */
  principal: string;
  /** What it invokes for: a rule's ARN. */
  sourceArn: string;
  payload: string;
}

/**
 * Starts an asynchronous invocation for a service, which the function's resource policy must permit.
 *
 * @throws AwsError `ResourceNotFoundException`, `AccessDeniedException`, or `ResourceConflictException` for a function
 * that is not `Active` yet
 */
export function invokeForService(
  cell: Cell,
  { functionArn, principal, sourceArn, payload }: ServiceInvocation,
): void {
  const { target, qualifier, version } = findVersion({ FunctionName: functionArn }, { cell });
  if (!permits(target, qualifier, { principal, sourceArn, sourceAccount: cell.account })) {
    throw new AwsError(
      'AccessDeniedException',
      `${principal} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} because no resource-based policy allows the lambda:InvokeFunction action`,
      403,
    );
  }
  if (version.state !== 'Active') throw notInState(version.state);
  void invokeAsync(cell, { target, qualifier, requestId: uuid(cell.random), payload });
}
