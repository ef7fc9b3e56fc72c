import { wait } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import { type FunctionVersion, latest } from './function-version.ts';
import { type EventInvokeConfig, type LambdaFunction, qualifiedArn, versionOf } from './lambda-function.ts';

export interface AsyncInvocation {
  target: LambdaFunction;
  qualifier: string | undefined;
  requestId: string;
  payload: string;
}

/** What Lambda does where nothing is configured: two retries, for six hours at most. */
const defaults: Omit<EventInvokeConfig, 'lastModified'> = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 6 * 3600,
};

/** How long Lambda waits after the first failure, and after the second. */
const retryWaitsMs = [60_000, 120_000];

/** Waits for a free execution double from one second to five minutes. */
const throttleWaitMs = { first: 1000, longest: 300_000 };

/**
 * Runs an event that nobody waits for: again after a failure, as the function's configuration says, and later where
 * its reserved concurrency is used up. The same request id comes with each attempt.
 */
export async function invokeAsync(cell: Cell, event: AsyncInvocation): Promise<void> {
  const config = event.target.eventInvokeConfigs.get(event.qualifier ?? latest) ?? defaults;
  const expires = cell.clock.now() + config.maximumEventAgeSeconds * 1000;
  for (let failures = 0; failures <= config.maximumRetryAttempts; failures++) {
    if (failures > 0) await wait(cell.clock, retryWaitsMs[failures - 1] ?? 0);
    const admitted = await waitForConcurrency(cell, event.target, expires);
    if (!admitted || (await succeeds(cell, event))) return;
  }
}

async function waitForConcurrency(cell: Cell, target: LambdaFunction, expires: number): Promise<boolean> {
  let pause = throttleWaitMs.first;
  while (cell.functions.throttles(cell, target)) {
    await wait(cell.clock, pause);
    pause = Math.min(pause * 2, throttleWaitMs.longest);
    if (cell.clock.now() > expires) return false;
  }
  return isInvocable(cell, target) && cell.clock.now() <= expires;
}

function isInvocable({ functions }: Cell, target: LambdaFunction): boolean {
  return !functions.closed && functions.all.get(target.name) === target;
}

async function succeeds(
  cell: Cell,
  { target, qualifier, requestId, payload }: AsyncInvocation,
): Promise<boolean> {
  const version = versionOf(target, qualifier);
  if (!version) return true;
  const invocation = { requestId, payload, invokedArn: qualifiedArn(target, qualifier) };
  try {
    const { functionError } = await cell.functions.run(cell, { target, version, invocation });
    return functionError === undefined;
  } catch (error) {
    reportFailure(cell, version, requestId, error);
    return false;
  }
}

/** Nobody waits for this invocation: what kept it from running is told where its user looks. */
function reportFailure(
  { clock, logGroups }: Cell,
  { settings }: FunctionVersion,
  requestId: string,
  error: unknown,
): void {
  const message = `${requestId} the local AWS could not run the function: ${error}`;
  logGroups.write(settings.logGroup, 'local-aws', [{ timestamp: clock.now(), message }], clock.now());
}
