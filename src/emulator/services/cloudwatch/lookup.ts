import type { Cell } from '../../core/cell.ts';
import type { Alarm } from '../../world/alarms/alarm.ts';
import type { Dashboard } from '../../world/alarms/dashboard.ts';
import { notFound } from './errors.ts';

export function alarmArn({ account, region }: Cell, name: string): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
}

/** Dashboards are in no region. */
export function dashboardArn({ account }: Cell, name: string): string {
  return `arn:aws:cloudwatch::${account}:dashboard/${name}`;
}

/** @throws AwsError `ResourceNotFound` */
export function findAlarm({ alarms }: Cell, name: string): Alarm {
  const alarm = alarms.all.get(name);
  if (!alarm) throw notFound(`Alarm ${name} does not exist`);
  return alarm;
}

/** What tags are put on: an alarm or a dashboard. */
export function findTagged({ alarms, dashboards }: Cell, arn: string): Alarm | Dashboard {
  const held = [...alarms.all.values(), ...dashboards.values()].find((thing) => thing.arn === arn);
  if (!held) throw notFound(`Unknown resource: ${arn}`);
  return held;
}
