import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call } from '../../core/service.ts';
import type { LogGroup, LogStream } from '../../world/logs/log-group.ts';

export interface LogGroupInput {
  logGroupName?: string | undefined;
  /** The name, or the ARN. */
  logGroupIdentifier?: string | undefined;
}

export function logGroupArn({ account, region }: Call['cell'], name: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`;
}

export function findGroup(input: LogGroupInput, { cell }: Call): LogGroup {
  const reference = required(input.logGroupName ?? input.logGroupIdentifier, 'logGroupName');
  const group = cell.logGroups.all.get(nameOf(reference));
  if (!group) throw notFound('The specified log group does not exist.');
  return group;
}

export function findStream(group: LogGroup, name: string | undefined): LogStream {
  const stream = group.streams.get(required(name, 'logStreamName'));
  if (!stream) throw notFound('The specified log stream does not exist.');
  return stream;
}

export function alreadyExists(what: 'log group' | 'log stream'): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `The specified ${what} already exists`);
}

/** ARNs of log groups come with `:*` behind them or without. */
function nameOf(reference: string): string {
  return /^arn:aws:logs:[^:]+:\d+:log-group:([^:]+)(?::\*)?$/.exec(reference)?.[1] ?? reference;
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
