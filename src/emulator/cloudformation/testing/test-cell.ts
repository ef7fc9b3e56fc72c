import type { Clock } from '../../clock/clock.ts';
import type { Cell } from '../../core/cell.ts';
import { seeded } from '../../core/random.ts';
import { createCell } from '../../create-cell.ts';
import type { Runner } from '../../world/functions/runner.ts';
import { Identity } from '../../world/identity/identity.ts';
import { defaultTimings } from '../../world/load-balancing/timings.ts';

export const account = '000000000000';

/** A region without servers, whose functions are run by the test. */
export function testCell(clock: Clock, runner: Runner = noFunctions): Cell {
  const random = seeded(1);
  const identity = new Identity({ account, clock, random });
  return createCell({
    account,
    region: 'us-east-1',
    clock,
    random,
    servers: { endpoint: 'http://127.0.0.1:4566', dns: undefined, apis: undefined },
    timings: defaultTimings,
    identity,
    identityOf: () => identity,
    runner,
    prober: undefined,
  });
}

const noFunctions: Runner = {
  run: () => Promise.reject(new Error('this test runs no functions')),
  retire: () => {},
};
