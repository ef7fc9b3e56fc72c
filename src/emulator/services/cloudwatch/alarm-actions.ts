import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Alarm, AlarmState } from '../../world/alarms/alarm.ts';
import { invokeForService } from '../lambda/service-invocation.ts';
import { publishForService } from '../sns/service-publication.ts';
import { alarmEvent } from './alarm-event.ts';
import { notification } from './notification.ts';
import { awsTime } from './time.ts';

/** Tells those whom the alarm's new state is to be told; the history says who was, and who could not be. */
export function performActions(cell: Cell, alarm: Alarm, previous: AlarmState): void {
  for (const arn of alarm.actions[alarm.state.value]) {
    const problem = attempt(() => perform(cell, alarm, { arn, previous }));
    cell.alarms.record(alarm, {
      type: 'Action',
      at: cell.clock.now(),
      summary: problem
        ? `Failed to execute action ${arn}. Received error: "${problem}"`
        : `Successfully executed action ${arn}`,
      data: JSON.stringify({
        actionState: problem ? 'Failed' : 'Succeeded',
        notificationResource: arn,
        stateUpdateTimestamp: alarm.state.updatedAt,
        ...(problem !== undefined && { error: problem }),
      }),
    });
  }
}

function perform(cell: Cell, alarm: Alarm, { arn, previous }: { arn: string; previous: AlarmState }): void {
  if (arn.startsWith('arn:aws:sns:')) {
    const { subject, message } = notification(cell, alarm, previous);
    const publication = { topicArn: arn, principal: 'cloudwatch.amazonaws.com', sourceArn: alarm.arn };
    publishForService(cell, { ...publication, subject, message });
    return;
  }
  const payload = JSON.stringify({
    source: 'aws.cloudwatch',
    alarmArn: alarm.arn,
    accountId: cell.account,
    time: awsTime(alarm.state.updatedAt),
    region: cell.region,
    alarmData: alarmEvent(alarm, previous),
  });
  const principal = 'lambda.alarms.cloudwatch.amazonaws.com';
  invokeForService(cell, { functionArn: arn, principal, sourceArn: alarm.arn, payload });
}

/** What an action's service says against it. */
function attempt(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}
