import type { AlarmType, ComparisonOperator, HistoryItemType, StateValue } from '@aws-sdk/client-cloudwatch';
import type { Timer } from '../../clock/clock.ts';
import type { Metric } from '../metrics/metric.ts';
import type { AlarmRule } from './alarm-rule.ts';

interface AlarmBase {
  readonly name: string;
  readonly arn: string;
  description: string | undefined;
  actionsEnabled: boolean;
  /** ARNs of what is told, by the state that the alarm goes into. */
  actions: Readonly<Record<StateValue, readonly string[]>>;
  configuredAt: number;
  state: AlarmState;
  tags: Map<string, string>;
  /** The oldest first. */
  history: HistoryItem[];
}

export interface MetricAlarm extends AlarmBase {
  readonly type: 'MetricAlarm';
  settings: AlarmSettings;
  /** The next evaluation. */
  timer: Timer | undefined;
}

export interface CompositeAlarm extends AlarmBase {
  readonly type: 'CompositeAlarm';
  rule: { text: string; parsed: AlarmRule };
}

export type Alarm = MetricAlarm | CompositeAlarm;

export type TreatMissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

/** What a metric alarm watches, and when it rings. */
export interface AlarmSettings {
  metric: Metric;
  unit: string | undefined;
  /** Seconds. */
  period: number;
  /** `Average`, `p99` */
  statistic: string;
  threshold: number;
  comparison: ComparisonOperator;
  /** N, of which M have to breach. */
  evaluationPeriods: number;
  /** M; as it was given, or undefined for N. */
  datapointsToAlarm: number | undefined;
  /** As it was given, or undefined for `missing`. */
  treatMissingData: TreatMissingData | undefined;
  evaluateLowSampleCountPercentile: string | undefined;
}

export interface AlarmState {
  value: StateValue;
  reason: string;
  /** JSON. */
  reasonData: string | undefined;
  updatedAt: number;
  /** When the value last became another one. */
  transitionedAt: number;
}

export interface HistoryItem {
  alarmName: string;
  alarmType: AlarmType;
  type: HistoryItemType;
  at: number;
  summary: string;
  /** JSON. */
  data: string;
}

/** What AWS says of an alarm that was never evaluated. */
export function initialState(now: number): AlarmState {
  return {
    value: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    reasonData: undefined,
    updatedAt: now,
    transitionedAt: now,
  };
}
