import type { Dice } from '../dice.ts';

/**
 * How a call goes wrong:
 * - `throttled`, `unavailable`, `lost`: it has no effect;
 * - `unanswered`: it takes effect, and its caller gets a time-out;
 * - `repeated`: its answer is lost and the SDK sends it again, so that it takes effect twice;
 * - `halfway`: it takes effect on the first half of its items, and fails.
 */
export type Fault = 'throttled' | 'unavailable' | 'lost' | 'unanswered' | 'repeated' | 'halfway';

const faults: readonly Fault[] = ['throttled', 'unavailable', 'lost', 'unanswered', 'repeated', 'halfway'];

export function faultOf(dice: Dice, probability: number): Fault | undefined {
  return dice.chance(probability) ? dice.pick(faults) : undefined;
}

/** Whether a call with this fault never reaches AWS's data. */
export function isWithoutEffect(fault: Fault | undefined): boolean {
  return fault === 'throttled' || fault === 'unavailable' || fault === 'lost';
}

/** The error that the SDK throws for it; none where it hides the fault from its caller. */
export function errorOf(fault: Fault | undefined): Error | undefined {
  switch (fault) {
    case 'throttled':
      return sdkError('Throttling', 'Rate exceeded', 400);
    case 'unavailable':
    case 'halfway':
      return sdkError('ServiceUnavailable', 'The service is unable to process the request', 503);
    case 'lost':
    case 'unanswered':
      return sdkError('TimeoutError', 'Request timed out', undefined);
    default:
      return undefined;
  }
}

/** An error as AWS's SDK throws it: the service's code as the name, and the status in the metadata. */
export function sdkError(code: string, message: string, status: number | undefined): Error {
  return Object.assign(new Error(message), {
    name: code,
    Code: code,
    $fault: status !== undefined && status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status, attempts: 1 },
  });
}
