import type { CloudWatch, PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Cell } from '../../core/cell.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import type { CompositeAlarm } from '../../world/alarms/alarm.ts';
import { type AlarmRule, alarmsIn, parseAlarmRule } from '../../world/alarms/alarm-rule.ts';
import { keepAlarm, readBase } from './alarm-base.ts';
import { evaluateComposite } from './change-state.ts';
import { validationError } from './errors.ts';

export const compositeAlarms: Operations<CloudWatch> = {
  PutCompositeAlarm(input, { cell }) {
    if (input.ActionsSuppressor !== undefined) {
      throw validationError(
        `ActionsSuppressor of alarm ${input.AlarmName} is not known to this local AWS: leave it out`,
      );
    }
    if (cell.alarms.all.get(input.AlarmName ?? '')?.type === 'MetricAlarm') {
      throw validationError(`${input.AlarmName} is the name of a metric alarm`);
    }
    const text = required(input.AlarmRule, 'alarmRule');
    const alarm: CompositeAlarm = {
      ...readBase(input, cell),
      type: 'CompositeAlarm',
      rule: { text, parsed: readRule(text, input, cell) },
    };
    keepAlarm(alarm, cell);
    evaluateComposite(cell, alarm);
    return {};
  },
};

function readRule(text: string, { AlarmName = '' }: PutCompositeAlarmInput, cell: Cell): AlarmRule {
  const rule = parse(text);
  const named = alarmsIn(rule);
  const unknown = named.find((reference) => !cell.alarms.find(reference));
  if (unknown !== undefined) {
    throw validationError(`AlarmRule names the alarm ${unknown}, which does not exist`);
  }
  if (named.some((reference) => leadsTo(cell, reference, AlarmName))) {
    throw validationError(`AlarmRule of ${AlarmName} leads back to the alarm itself`);
  }
  return rule;
}

/** Whether an alarm is the one of that name, or its rule names one that is, at whatever remove. */
function leadsTo(cell: Cell, reference: string, name: string): boolean {
  const alarm = cell.alarms.find(reference);
  if (alarm?.name === name) return true;
  if (alarm?.type !== 'CompositeAlarm') return false;
  return alarmsIn(alarm.rule.parsed).some((next) => leadsTo(cell, next, name));
}

function parse(text: string): AlarmRule {
  try {
    return parseAlarmRule(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw validationError(`Invalid AlarmRule: ${error.message}`);
  }
}
