import type { CloudWatchLogs, LogStream as LogStreamOutput } from '@aws-sdk/client-cloudwatch-logs';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import type { LogStream } from '../../world/logs/log-group.ts';
import { alreadyExists, findGroup, findStream, logGroupArn } from './lookup.ts';
import { pageOf } from './pages.ts';

export const logStreams: Operations<CloudWatchLogs> = {
  CreateLogStream(input, call) {
    const group = findGroup(input, call);
    const name = required(input.logStreamName, 'logStreamName');
    if (group.streams.has(name)) throw alreadyExists('log stream');
    call.cell.logGroups.createStream(group, name, call.cell.clock.now());
    return {};
  },

  DescribeLogStreams(input, call) {
    const group = findGroup(input, call);
    const { logStreamNamePrefix = '' } = input;
    const matching = [...group.streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix));
    const keyOf = input.orderBy === 'LastEventTime' ? byLastEvent : ({ name }: LogStream) => name;
    const { items, nextToken } = pageOf(matching, keyOf, input);
    const arn = logGroupArn(call.cell, group.name);
    return { logStreams: items.map((stream) => describe(stream, arn)), nextToken };
  },

  DeleteLogStream(input, call) {
    const group = findGroup(input, call);
    group.streams.delete(findStream(group, input.logStreamName).name);
    return {};
  },
};

function byLastEvent(stream: LogStream): string {
  return String(stream.events.at(-1)?.timestamp ?? 0).padStart(16, '0') + stream.name;
}

function describe({ name, createdAt, events }: LogStream, groupArn: string): LogStreamOutput {
  const [first, last] = [events[0], events.at(-1)];
  return {
    logStreamName: name,
    arn: `${groupArn}:log-stream:${name}`,
    creationTime: createdAt,
    storedBytes: 0,
    ...(first &&
      last && {
        firstEventTimestamp: first.timestamp,
        lastEventTimestamp: last.timestamp,
        lastIngestionTime: last.ingestedAt,
      }),
  };
}
