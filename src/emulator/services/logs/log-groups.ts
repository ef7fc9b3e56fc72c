import type { CloudWatchLogs, LogGroup as LogGroupOutput } from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import type { LogGroup } from '../../world/logs/log-group.ts';
import { alreadyExists, findGroup, logGroupArn } from './lookup.ts';
import { pageOf } from './pages.ts';

const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const logGroups: Operations<CloudWatchLogs> = {
  CreateLogGroup(input, { cell }) {
    const name = required(input.logGroupName, 'logGroupName');
    checkName(name);
    if (cell.logGroups.all.has(name)) throw alreadyExists('log group');
    const group = cell.logGroups.createGroup(name, cell.clock.now());
    for (const [key, value] of Object.entries(input.tags ?? {})) group.tags.set(key, value);
    return {};
  },

  DescribeLogGroups(input, { cell }) {
    const { logGroupNamePrefix = '', logGroupNamePattern = '' } = input;
    const matching = [...cell.logGroups.all.values()].filter(
      ({ name }) =>
        name.startsWith(logGroupNamePrefix) && name.toLowerCase().includes(logGroupNamePattern.toLowerCase()),
    );
    const { items, nextToken } = pageOf(matching, ({ name }) => name, input);
    return { logGroups: items.map((group) => describe(group, cell)), nextToken };
  },

  DeleteLogGroup(input, call) {
    call.cell.logGroups.all.delete(findGroup(input, call).name);
    return {};
  },

  PutRetentionPolicy(input, call) {
    const group = findGroup(input, call);
    const days = required(input.retentionInDays, 'retentionInDays');
    if (!retentions.includes(days)) {
      throw new AwsError(
        'InvalidParameterException',
        `Retention value must be one of: [${retentions.join(', ')}]. Provided: ${days}`,
      );
    }
    group.retentionInDays = days;
    return {};
  },

  DeleteRetentionPolicy(input, call) {
    findGroup(input, call).retentionInDays = undefined;
    return {};
  },
};

function checkName(name: string): void {
  if (/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) return;
  throw new AwsError(
    'InvalidParameterException',
    `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
  );
}

function describe(group: LogGroup, cell: Call['cell']): LogGroupOutput {
  const arn = logGroupArn(cell, group.name);
  return {
    logGroupName: group.name,
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: 'STANDARD',
    creationTime: group.createdAt,
    metricFilterCount: 0,
    storedBytes: 0,
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
  };
}
