import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { alarmsIn } from '../../world/alarms/alarm-rule.ts';
import { validationError } from './errors.ts';
import { findAlarm } from './lookup.ts';

const mostAtOnce = 100;

export const alarms: Operations<CloudWatch> = {
  /** All or none: those that are not there keep the others from being deleted, too. */
  DeleteAlarms(input, { cell }) {
    const names = required(input.AlarmNames, 'alarmNames');
    if (names.length > mostAtOnce) {
      throw validationError(`AlarmNames must have at most ${mostAtOnce} names, got ${names.length}`);
    }
    const found = names.map((name) => findAlarm(cell, name));
    for (const { rule, name } of cell.alarms.compositeAlarms) {
      if (names.includes(name)) continue;
      const used = found.find((alarm) =>
        alarmsIn(rule.parsed).some((reference) => reference === alarm.name || reference === alarm.arn),
      );
      if (used)
        throw validationError(`Cannot delete ${used.name} as it is used by the composite alarm ${name}`);
    }
    for (const alarm of found) cell.alarms.delete(alarm);
    return {};
  },

  EnableAlarmActions(input, { cell }) {
    for (const name of required(input.AlarmNames, 'alarmNames')) setActions(cell.alarms.all.get(name), true);
    return {};
  },

  DisableAlarmActions(input, { cell }) {
    for (const name of required(input.AlarmNames, 'alarmNames')) setActions(cell.alarms.all.get(name), false);
    return {};
  },
};

/** Those that are not there are passed over. */
function setActions(alarm: { actionsEnabled: boolean } | undefined, enabled: boolean): void {
  if (alarm) alarm.actionsEnabled = enabled;
}
