import type { Cell } from '../src/emulator/index.ts';
import { until } from './until.ts';

/** A stack that has no gate is complete before its targets are healthy. */
export function allHealthy({ loadBalancing }: Cell): Promise<void> {
  return until(loadBalancing.changes, () =>
    [...loadBalancing.targetGroups.values()].every(({ registrations }) =>
      [...registrations.values()].every(({ state }) => state === 'healthy'),
    ),
  );
}
