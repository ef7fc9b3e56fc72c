import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { Cell } from '../../core/cell.ts';
import type { Alarm, AlarmState, CompositeAlarm } from '../../world/alarms/alarm.ts';
import { alarmsIn, holds } from '../../world/alarms/alarm-rule.ts';
import { createEvent } from '../../world/events/event.ts';
import { publish } from '../events/publish.ts';
import { performActions } from './alarm-actions.ts';
import { alarmEvent } from './alarm-event.ts';
import { awsTime } from './time.ts';

export interface NewState {
  value: StateValue;
  reason: string;
  reasonData: string | undefined;
}

/** Puts an alarm into another state, and tells everybody: its history, EventBridge, its actions, composite alarms. */
export function changeState(cell: Cell, alarm: Alarm, { value, reason, reasonData }: NewState): void {
  const now = cell.clock.now();
  const previous = alarm.state;
  alarm.state = { value, reason, reasonData, updatedAt: now, transitionedAt: now };
  recordChange(cell, alarm, previous);
  const detail = alarmEvent(alarm, previous);
  publish(
    cell,
    createEvent(cell, {
      detailType: 'CloudWatch Alarm State Change',
      source: 'aws.cloudwatch',
      resources: [alarm.arn],
      detail,
    }),
  );
  if (alarm.actionsEnabled) performActions(cell, alarm, previous);
  cell.alarms.changes.announce();
  evaluateComposites(cell, alarm);
}

function recordChange({ alarms }: Cell, alarm: Alarm, previous: AlarmState): void {
  alarms.record(alarm, {
    type: 'StateUpdate',
    at: alarm.state.updatedAt,
    summary: `Alarm updated from ${previous.value} to ${alarm.state.value}`,
    data: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: previous.value, stateReason: previous.reason },
      newState: {
        stateValue: alarm.state.value,
        stateReason: alarm.state.reason,
        ...(alarm.state.reasonData !== undefined && { stateReasonData: JSON.parse(alarm.state.reasonData) }),
      },
    }),
  });
}

/** Composite alarms are evaluated when a state changes that they look at; so are those that look at them, in turn. */
function evaluateComposites(cell: Cell, changed: { name: string; arn: string }): void {
  for (const alarm of cell.alarms.compositeAlarms) {
    const named = alarmsIn(alarm.rule.parsed);
    if (named.includes(changed.name) || named.includes(changed.arn)) evaluateComposite(cell, alarm);
  }
}

export function evaluateComposite(cell: Cell, alarm: CompositeAlarm): void {
  const stateOf = (reference: string) => cell.alarms.find(reference)?.state.value;
  const value = holds(alarm.rule.parsed, stateOf) ? 'ALARM' : 'OK';
  if (value === alarm.state.value) return;
  const triggers = [...new Set(alarmsIn(alarm.rule.parsed))].flatMap((reference) => {
    const found = cell.alarms.find(reference);
    return found
      ? [{ arn: found.arn, state: { value: found.state.value, timestamp: awsTime(found.state.updatedAt) } }]
      : [];
  });
  changeState(cell, alarm, {
    value,
    reason: `${alarm.arn} transitioned to ${value} at ${new Date(cell.clock.now()).toUTCString()}`,
    reasonData: JSON.stringify({ triggeringAlarms: triggers }),
  });
}
