import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Operations } from '../../core/service.ts';
import type { LogEvent } from '../../world/logs/log-group.ts';
import { parseFilterPattern } from './filter-pattern.ts';
import { findGroup } from './lookup.ts';
import { pageOf } from './pages.ts';

const mostEvents = 10_000;

export const filtering: Operations<CloudWatchLogs> = {
  FilterLogEvents(input, call) {
    const {
      logStreamNames,
      logStreamNamePrefix = '',
      startTime = 0,
      endTime = Number.POSITIVE_INFINITY,
    } = input;
    const matches = parseFilterPattern(input.filterPattern ?? '');
    const streams = [...findGroup(input, call).streams.values()].filter(
      ({ name }) => name.startsWith(logStreamNamePrefix) && (logStreamNames?.includes(name) ?? true),
    );
    const found = streams.flatMap((stream) =>
      stream.events
        .filter(
          (event) => event.timestamp >= startTime && event.timestamp <= endTime && matches(event.message),
        )
        .map((event) => ({ event, stream })),
    );
    const limit = Math.min(input.limit ?? mostEvents, mostEvents);
    const { items, nextToken } = pageOf(found, ({ event }) => sortKey(event), {
      nextToken: input.nextToken,
      limit,
    });
    return {
      events: items.map(({ event, stream }) => ({
        eventId: event.id,
        logStreamName: stream.name,
        timestamp: event.timestamp,
        ingestionTime: event.ingestedAt,
        message: event.message,
      })),
      searchedLogStreams: [],
      nextToken,
    };
  },
};

function sortKey({ timestamp, id }: LogEvent): string {
  return String(timestamp).padStart(16, '0') + id;
}
