import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Operations } from '../../core/service.ts';
import type { MetricAlarm } from '../../world/alarms/alarm.ts';
import { keepAlarm, readBase } from './alarm-base.ts';
import { readSettings } from './alarm-settings.ts';
import { validationError } from './errors.ts';
import { watch } from './evaluation.ts';

export const metricAlarms: Operations<CloudWatch> = {
  PutMetricAlarm(input, { cell }) {
    const current = cell.alarms.all.get(input.AlarmName ?? '');
    if (current?.type === 'CompositeAlarm') {
      throw validationError(`${current.name} is the name of a composite alarm`);
    }
    const alarm: MetricAlarm = {
      ...readBase(input, cell),
      type: 'MetricAlarm',
      settings: readSettings(input),
      timer: undefined,
    };
    current?.timer?.cancel();
    keepAlarm(alarm, cell);
    watch(cell, alarm);
    return {};
  },
};
