import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { changeState } from './change-state.ts';
import { findAlarm } from './lookup.ts';

export const alarmStates: Operations<CloudWatch> = {
  /** Until the next evaluation, which makes of it what the metric says. */
  SetAlarmState(input, { cell }) {
    const alarm = findAlarm(cell, required(input.AlarmName, 'alarmName'));
    const value = required(input.StateValue, 'stateValue');
    const reason = required(input.StateReason, 'stateReason');
    checkJson(input.StateReasonData);
    if (value !== alarm.state.value) {
      changeState(cell, alarm, { value, reason, reasonData: input.StateReasonData });
      return {};
    }
    const updatedAt = cell.clock.now();
    alarm.state = { ...alarm.state, reason, reasonData: input.StateReasonData, updatedAt };
    return {};
  },
};

function checkJson(text: string | undefined): void {
  if (text === undefined) return;
  try {
    JSON.parse(text);
  } catch {
    throw new AwsError('InvalidFormatFault', 'StateReasonData is not valid JSON');
  }
}
