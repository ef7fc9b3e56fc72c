// docs/reference/metrics.md: what passes publish, and what watches it.
import { ticksDropped } from '../../dist/app/late-messages.js';
import { metrics } from '../../dist/app/metrics.js';
import { measured } from '../../dist/cdk/reference/measured.js';
import { table } from './table.mjs';

/** A pass that could tell nothing. */
const nothing = { binding: '', added: [], removed: [], withheld: [], unused: [], errors: [] };
const noTime = { started: 0, duration: 0, sinceSuccess: 0 };

/** `words` has the comment of each method `metric<name>` of `AddressSync`. */
export function metricsPage(words) {
  const all = [...metrics, ticksDropped];
  const { statistics, alarms } = measured(all.map(({ name }) => name));
  const rows = all.map(({ name, unit, measure }) => [
    `\`${name}\``,
    unit,
    published(measure),
    statistics[name],
    words[`metric${name}`],
    alarms
      .filter(({ metric, namespace }) => metric === name && namespace === 'albridge')
      .map((alarm) => `\`${alarm.name}\``)
      .join(', '),
  ]);
  const alarmRows = alarms.map((alarm) => [
    `\`${alarm.name}\``,
    `${alarm.statistic} of \`${alarm.metric}\`${alarm.namespace === 'albridge' ? '' : ` in \`${alarm.namespace}\``}`,
    `\`${alarm.limit}\``,
    `${alarm.periods}`,
    alarm.missingData === 'breaching' ? 'rings' : 'does not ring',
    alarm.description,
  ]);
  return `${[
    '# Metrics',
    'Namespace `albridge`, dimension `Binding`: the name of the binding, and for one of several sinks `<binding>.<sink>`; `TicksDropped` has the name of the binding alone. They are written to the log of `sync` in the embedded metric format. [Operations](../operations.md#metrics) tells how to read them.',
    table(['metric', 'unit', 'published by', 'statistic', '', 'alarm'], rows),
    'A value that a pass could not tell is left out, rather than given as zero. The constructs have a method for each, `metricDesired()` and so on, with this statistic and a period that is no shorter than what lies between two passes.',
    '## Alarms',
    'Of `addAlarms()`: one of each for each target group or allow-list, and one `functionErrors` for each function. A period is that of the schedule, or a minute where passes are more frequent.',
    table(['alarm', 'watches', 'rings at', 'in periods', 'without data', ''], alarmRows),
  ].join('\n\n')}\n`;
}

function published(measure) {
  if (!measure) return 'runs that dropped some';
  return measure(nothing, noTime) === undefined ? 'passes that could tell it' : 'each pass';
}
