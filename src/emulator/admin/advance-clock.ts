import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import type { SteppedClock } from '../clock/stepped-clock.ts';
import { AwsError } from '../core/aws-error.ts';

const body = z.strictObject({ advance: z.number().min(0) });

/**
 * Moves a stepped clock on by `{"advance": milliseconds}`, and all that falls due with it.
 *
 * @throws AwsError `InvalidAdvance`; `NotStepped` where time runs by itself
 */
export async function advanceClock(clock: Clock, input: unknown): Promise<{ now: string }> {
  const parsed = body.safeParse(input);
  if (!parsed.success) {
    throw new AwsError(
      'InvalidAdvance',
      `the body must be {"advance": milliseconds}, not ${JSON.stringify(input)}`,
    );
  }
  if (!isStepped(clock)) {
    throw new AwsError(
      'NotStepped',
      'time runs by itself here: only a local AWS with a stepped clock can be moved on',
    );
  }
  await clock.advance(parsed.data.advance);
  return { now: new Date(clock.now()).toISOString() };
}

function isStepped(clock: Clock): clock is SteppedClock {
  return 'advance' in clock;
}
