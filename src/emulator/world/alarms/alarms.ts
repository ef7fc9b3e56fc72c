import { Changes } from '../../core/changes.ts';
import type { Alarm, CompositeAlarm, HistoryItem, MetricAlarm } from './alarm.ts';

const itemsKept = 100;

/** CloudWatch alarms and their history. */
export class Alarms {
  /** By name. */
  readonly all: Map<string, Alarm> = new Map();
  /** Announced when an alarm has gone into another state. */
  readonly changes: Changes = new Changes();
  #closed = false;

  /** Once closed, nothing is evaluated any more. */
  get closed(): boolean {
    return this.#closed;
  }

  get metricAlarms(): MetricAlarm[] {
    return [...this.all.values()].filter((alarm) => alarm.type === 'MetricAlarm');
  }

  get compositeAlarms(): CompositeAlarm[] {
    return [...this.all.values()].filter((alarm) => alarm.type === 'CompositeAlarm');
  }

  /** By name or ARN, as rules of composite alarms name them. */
  find(reference: string): Alarm | undefined {
    return this.all.get(reference) ?? [...this.all.values()].find(({ arn }) => arn === reference);
  }

  /** Of each alarm so many are kept, the last ones. */
  record(alarm: Alarm, item: Omit<HistoryItem, 'alarmName' | 'alarmType'>): void {
    alarm.history.push({ alarmName: alarm.name, alarmType: alarm.type, ...item });
    if (alarm.history.length > itemsKept) alarm.history.shift();
  }

  delete(alarm: Alarm): void {
    if (alarm.type === 'MetricAlarm') alarm.timer?.cancel();
    this.all.delete(alarm.name);
  }

  close(): void {
    this.#closed = true;
    for (const { timer } of this.metricAlarms) timer?.cancel();
  }
}
