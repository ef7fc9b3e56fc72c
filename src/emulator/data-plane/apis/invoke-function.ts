import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import { findVersion } from '../../services/lambda/reference.ts';
import { qualifiedArn } from '../../world/functions/lambda-function.ts';
import { permits } from '../../world/functions/resource-policy.ts';
import { identityStatements } from '../../world/identity/identity-statements.ts';
import { allows } from '../../world/identity/policy-evaluation.ts';

export interface FunctionCall {
  /** A function's ARN, or the URI under which API Gateway has it. */
  uri: string;
  /** ARN of the role that it is invoked as; without one the function's own policy decides. */
  credentials: string | undefined;
  /** ARN of the method, route or authorizer that it is invoked for. */
  sourceArn: string;
  event: unknown;
}

export type FunctionAnswer =
  | { kind: 'answered'; value: unknown }
  /** It threw, with this message. */
  | { kind: 'failed'; message: string }
  | { kind: 'timeout' }
  /** There is no such function, or it may not be invoked. */
  | { kind: 'refused' };

/** Invokes a function for an API and waits for what it returns, so long at most. */
export async function invokeFunction(
  cell: Cell,
  call: FunctionCall,
  { clock, milliseconds }: { clock: Clock; milliseconds: number },
): Promise<FunctionAnswer> {
  const found = findPermitted(cell, call);
  if (!found) return { kind: 'refused' };
  const { target, qualifier, version } = found;
  const invocation = {
    requestId: uuid(cell.random),
    invokedArn: qualifiedArn(target, qualifier),
    payload: JSON.stringify(call.event),
  };
  const running = cell.functions.run(cell, { target, version, invocation });
  const result = await within(running, clock, milliseconds);
  if (!result) return { kind: 'timeout' };
  const value: unknown = JSON.parse(result.payload || 'null');
  if (!result.functionError) return { kind: 'answered', value };
  return {
    kind: 'failed',
    message: String((value as { errorMessage?: unknown } | null)?.errorMessage ?? ''),
  };
}

function findPermitted(
  cell: Cell,
  { uri, credentials, sourceArn }: FunctionCall,
): ReturnType<typeof findVersion> | undefined {
  try {
    const found = findVersion({ FunctionName: functionArn(uri) }, { cell });
    const request = { principal: 'apigateway.amazonaws.com', sourceArn, sourceAccount: cell.account };
    const isPermitted =
      credentials === undefined
        ? permits(found.target, found.qualifier, request)
        : roleAllows(cell, credentials, qualifiedArn(found.target, found.qualifier));
    const isAble = found.version.state === 'Active' && !cell.functions.throttles(cell, found.target);
    return isPermitted && isAble ? found : undefined;
  } catch {
    return undefined;
  }
}

/** `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<arn>/invocations` holds the function's ARN. */
function functionArn(uri: string): string {
  return /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

function roleAllows({ identity, account }: Cell, roleArn: string, resource: string): boolean {
  const role = identity.roleByArn(roleArn);
  if (!role) return false;
  const principal = { arn: role.arn, account };
  const action = 'lambda:InvokeFunction';
  return allows(identityStatements(identity, role), { principal, action, resource, context: {} });
}

/** What comes of it in time; undefined where nothing does. */
function within<T>(running: Promise<T>, clock: Clock, milliseconds: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(milliseconds, () => resolve(undefined));
    running.then(resolve, reject).finally(() => timer.cancel());
  });
}
