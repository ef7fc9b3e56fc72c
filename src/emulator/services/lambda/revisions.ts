import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type {
  FunctionCode,
  FunctionSettings,
  FunctionVersion,
} from '../../world/functions/function-version.ts';
import { latest } from '../../world/functions/function-version.ts';
import type { LambdaFunction } from '../../world/functions/lambda-function.ts';
import { resourceConflict } from './errors.ts';

/** How long a new function stays `Pending`, and an update `InProgress`. */
const preparationMs = 1000;

type Contents = { name: string; arn: string; settings: FunctionSettings; code: FunctionCode };

/** The first revision of a function: it can't be invoked until it is `Active`. */
export function firstRevision(cell: Cell, contents: Contents): FunctionVersion {
  const revision: FunctionVersion = { ...newRevision(cell, contents), state: 'Pending' };
  cell.clock.after(preparationMs, () => {
    revision.state = 'Active';
    revision.lastUpdateStatus = 'Successful';
  });
  return revision;
}

/** Puts other settings or code in the place of `$LATEST`. */
export function revise(
  cell: Cell,
  target: LambdaFunction,
  change: { settings?: FunctionSettings; code?: FunctionCode },
): FunctionVersion {
  const { settings, code } = target.latest;
  const revision = newRevision(cell, { name: target.name, arn: target.arn, settings, code, ...change });
  cell.clock.after(preparationMs, () => {
    revision.lastUpdateStatus = 'Successful';
  });
  cell.functions.replaceLatest(target, revision);
  return revision;
}

/** @throws AwsError `ResourceConflictException` while the function is not ready for another change */
export function requireSettled({ latest: { arn, state, lastUpdateStatus } }: LambdaFunction): void {
  if (state === 'Pending') throw notInState(state);
  if (lastUpdateStatus === 'InProgress') {
    throw resourceConflict(
      `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
    );
  }
}

export function notInState(state: string): Error {
  return resourceConflict(
    `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
  );
}

function newRevision(cell: Cell, { name, arn, settings, code }: Contents): FunctionVersion {
  return {
    functionName: name,
    arn,
    version: latest,
    revisionId: uuid(cell.random),
    settings,
    code,
    lastModified: cell.clock.now(),
    state: 'Active',
    lastUpdateStatus: 'InProgress',
  };
}
