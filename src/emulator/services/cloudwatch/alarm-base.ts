import type { PutCompositeAlarmInput, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Cell } from '../../core/cell.ts';
import { readTags } from '../../core/tags.ts';
import { type Alarm, initialState } from '../../world/alarms/alarm.ts';
import { validationError } from './errors.ts';
import { alarmArn } from './lookup.ts';

const mostActions = 5;

/** What this local AWS tells of an alarm: a topic, or a function. */
const actionPattern = /^arn:aws:(sns:[^:]+:\d{12}:[^:]+|lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?)$/;

type Input = PutMetricAlarmInput | PutCompositeAlarmInput;
type Shared = Omit<Alarm, 'type' | 'settings' | 'timer' | 'rule'>;

/**
 * What every alarm has. An alarm that is put again keeps its state, its history and its tags; all the rest is as it
 * was put last.
 */
export function readBase(input: Input, cell: Cell): Shared {
  const name = input.AlarmName ?? '';
  if (name === '' || name.length > 255) {
    throw validationError(`AlarmName must have 1 to 255 characters, got ${name.length}`);
  }
  const now = cell.clock.now();
  const current = cell.alarms.all.get(name);
  return {
    name,
    arn: alarmArn(cell, name),
    description: input.AlarmDescription,
    actionsEnabled: input.ActionsEnabled ?? true,
    actions: {
      ALARM: readActions(input.AlarmActions),
      INSUFFICIENT_DATA: readActions(input.InsufficientDataActions),
      OK: readActions(input.OKActions),
    },
    configuredAt: now,
    state: current?.state ?? initialState(now),
    tags: current?.tags ?? readTags(input.Tags),
    history: current?.history ?? [],
  };
}

function readActions(arns: readonly string[] = []): readonly string[] {
  if (arns.length > mostActions) {
    throw validationError(`The collection of actions must not have a size greater than ${mostActions}.`);
  }
  const unknown = arns.find((arn) => !actionPattern.test(arn));
  if (unknown !== undefined) {
    throw validationError(
      `Invalid arn syntax: ${unknown}; alarms of this local AWS tell SNS topics and Lambda functions`,
    );
  }
  return arns;
}

/** Keeps the alarm, and tells its history so. */
export function keepAlarm(alarm: Alarm, { alarms, clock }: Cell): void {
  const isNew = !alarms.all.has(alarm.name);
  alarms.all.set(alarm.name, alarm);
  alarms.record(alarm, {
    type: 'ConfigurationUpdate',
    at: clock.now(),
    summary: `Alarm "${alarm.name}" ${isNew ? 'created' : 'updated'}`,
    data: JSON.stringify({ version: '1.0', type: isNew ? 'Create' : 'Update' }),
  });
}
