import type { Cell } from '../../core/cell.ts';
import { embeddedMetrics } from '../../world/metrics/embedded-metrics.ts';

/**
 * Values that log events hold in embedded metric format become metrics. What a function dates by its own clock is
 * moved to the world's: it is as long ago there.
 */
export function followLogs({ logGroups, metrics }: Cell): void {
  logGroups.subscribe(({ message, timestamp }, _stream, _group, { writersTime = timestamp }) => {
    const ahead = timestamp - writersTime;
    for (const datum of embeddedMetrics(message))
      metrics.put({ ...datum, timestamp: datum.timestamp + ahead });
  });
}
