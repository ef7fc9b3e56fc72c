import type { CloudWatchLogs, InputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import type { LogEvent } from '../../world/logs/log-group.ts';
import type { LogEntry } from '../../world/logs/log-groups.ts';
import { findGroup, findStream } from './lookup.ts';

const mostEvents = 10_000;

export const logEvents: Operations<CloudWatchLogs> = {
  PutLogEvents(input, call) {
    const { clock, logGroups } = call.cell;
    const group = findGroup(input, call);
    const stream = findStream(group, input.logStreamName);
    const entries = required(input.logEvents, 'logEvents').map(readEntry);
    checkOrder(entries);
    logGroups.append(group, stream, entries, clock.now());
    return { nextSequenceToken: stream.events.at(-1)?.id };
  },

  GetLogEvents(input, call) {
    const stream = findStream(findGroup(input, call), input.logStreamName);
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY, nextToken } = input;
    const within = stream.events.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
    const events = select(within, {
      token: nextToken,
      limit: Math.min(input.limit ?? mostEvents, mostEvents),
      fromHead: input.startFromHead ?? false,
    });
    const [first, last] = [events[0], events.at(-1)];
    return {
      events: events.map(({ timestamp, message, ingestedAt }) => ({
        timestamp,
        message,
        ingestionTime: ingestedAt,
      })),
      nextForwardToken: `f/${last?.id ?? positionOf(nextToken)}`,
      nextBackwardToken: `b/${first?.id ?? positionOf(nextToken)}`,
    };
  },
};

function readEntry({ timestamp, message }: InputLogEvent): LogEntry {
  return { timestamp: required(timestamp, 'timestamp'), message: required(message, 'message') };
}

function checkOrder(entries: readonly LogEntry[]): void {
  for (const [index, entry] of entries.entries()) {
    const previous = entries[index - 1];
    if (previous && previous.timestamp > entry.timestamp) {
      throw new AwsError(
        'InvalidParameterException',
        'Log events in a single PutLogEvents request must be in chronological order.',
      );
    }
  }
}

interface Selection {
  token: string | undefined;
  limit: number;
  fromHead: boolean;
}

/** A token holds a direction and the event where the page before it ended: `f/<id>` goes on to later ones. */
function select(events: readonly LogEvent[], { token, limit, fromHead }: Selection): LogEvent[] {
  if (token === undefined) return fromHead ? events.slice(0, limit) : events.slice(-limit);
  const position = events.findIndex(({ id }) => id === positionOf(token));
  if (token.startsWith('f/')) return events.slice(position + 1, position + 1 + limit);
  return events.slice(Math.max(0, position - limit), Math.max(0, position));
}

/** Where there was no event yet, a token stands before the first. */
function positionOf(token: string | undefined): string {
  if (token === undefined) return 'start';
  const id = /^[fb]\/(.+)$/.exec(token)?.[1];
  if (id === undefined)
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  return id;
}
