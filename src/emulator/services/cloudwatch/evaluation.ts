import type { Cell } from '../../core/cell.ts';
import type { AlarmSettings, MetricAlarm } from '../../world/alarms/alarm.ts';
import { type Datapoint, judge } from '../../world/alarms/verdict.ts';
import { statisticNamed } from '../../world/metrics/statistic.ts';
import { changeState } from './change-state.ts';
import { isBreaching, reasonData, reasonFor } from './reason.ts';

/** Alarms with a period of a minute or more are evaluated each minute, others each ten seconds. */
const evaluationMs = { standard: 60_000, high: 10_000 };

/** How long values have to come after the end of their period; AWS does not tell its own. */
const lagMs = { standard: 20_000, high: 3000 };

/** Periods looked at beyond those that count, in case some of these are missing: AWS's own example has two. */
const extraPeriods = 2;

/** Evaluates the alarm from now on, as long as it is this one. */
export function watch(cell: Cell, alarm: MetricAlarm): void {
  const { clock, alarms } = cell;
  const pace = alarm.settings.period < 60 ? 'high' : 'standard';
  const [every, lag] = [evaluationMs[pace], lagMs[pace]];
  const untilNext = every - ((clock.now() - lag) % every);
  alarm.timer = clock.after(untilNext, () => {
    if (alarms.closed || alarms.all.get(alarm.name) !== alarm) return;
    watch(cell, alarm);
    evaluate(cell, alarm, Math.floor((clock.now() - lag) / every) * every);
  });
}

function evaluate(cell: Cell, alarm: MetricAlarm, until: number): void {
  const { settings } = alarm;
  const range = datapoints(cell, settings, until);
  const verdict = judge(range, {
    isBreaching: (value) => isBreaching(settings, value),
    evaluationPeriods: settings.evaluationPeriods,
    datapointsToAlarm: settings.datapointsToAlarm ?? settings.evaluationPeriods,
    treatMissingData: settings.treatMissingData ?? 'missing',
  });
  if (verdict.state === undefined || verdict.state === alarm.state.value) return;
  changeState(cell, alarm, {
    value: verdict.state,
    reason: reasonFor(alarm, { ...verdict, state: verdict.state }),
    reasonData: reasonData(alarm, verdict, { until, now: cell.clock.now() }),
  });
}

/** The periods of the evaluation range, the latest last. */
function datapoints({ metrics }: Cell, settings: AlarmSettings, until: number): Datapoint[] {
  const period = settings.period * 1000;
  const count = settings.evaluationPeriods + extraPeriods;
  const start = until - count * period;
  const statistic = statisticNamed(settings.statistic);
  const found = metrics.read({ ...settings.metric, unit: settings.unit, start, end: until, period });
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * period;
    const values = found.get(at);
    return { at, value: values && statistic?.(values) };
  });
}
