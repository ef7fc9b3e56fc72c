import type { SQS } from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { isInFlight } from '../../world/queues/message.ts';
import type { Queue } from '../../world/queues/queue.ts';
import { findQueue } from './lookup.ts';
import { changeSettings, numbers } from './settings.ts';

export const attributes: Operations<SQS> = {
  GetQueueAttributes(input, call) {
    const all = describe(findQueue(input, call), call.cell.clock.now());
    const asked = input.AttributeNames ?? [];
    const unknown = asked.find((name) => name !== 'All' && !(name in all) && !optional.includes(name));
    if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    const names = asked.includes('All') ? Object.keys(all) : asked.filter((name) => name in all);
    return { Attributes: Object.fromEntries(names.map((name) => [name, all[name] ?? ''])) };
  },

  SetQueueAttributes(input, call) {
    const queue = findQueue(input, call);
    queue.settings = changeSettings(queue.settings, input.Attributes ?? {});
    queue.modifiedAt = call.cell.clock.now();
    return {};
  },
};

/** Without a value until somebody gives one. */
const optional: readonly string[] = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId'];

function describe(queue: Queue, now: number): Record<string, string> {
  const { messages, settings } = queue;
  const inFlight = messages.filter((message) => isInFlight(message, now)).length;
  const visible = messages.filter(({ visibleAt }) => visibleAt <= now).length;
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(messages.length - visible - inFlight),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    ...Object.fromEntries(
      Object.entries(numbers).map(([name, { setting }]) => [name, String(settings[setting])]),
    ),
    ...Object.fromEntries(settings.others),
    ...(settings.redrive && { RedrivePolicy: JSON.stringify(settings.redrive) }),
  };
}
