import { distributionOf } from '../metrics/distribution.ts';
import type { Datum } from '../metrics/metrics.ts';
import { isInFlight } from './message.ts';
import type { Queue } from './queue.ts';

/** How many messages are in a queue, in each of their states, and how old the oldest is. */
export function queueMetrics({ name: QueueName, messages }: Queue, timestamp: number): Datum[] {
  const datum = (name: string, value: number, unit = 'Count'): Datum => ({
    namespace: 'AWS/SQS',
    name,
    dimensions: { QueueName },
    unit,
    timestamp,
    values: distributionOf([value]),
  });
  const inFlight = messages.filter((message) => isInFlight(message, timestamp)).length;
  const visible = messages.filter(({ visibleAt }) => visibleAt <= timestamp).length;
  const oldest = messages.reduce((least, { sentAt }) => Math.min(least, sentAt), timestamp);
  return [
    datum('ApproximateNumberOfMessagesVisible', visible),
    datum('ApproximateNumberOfMessagesNotVisible', inFlight),
    datum('ApproximateNumberOfMessagesDelayed', messages.length - visible - inFlight),
    datum('ApproximateAgeOfOldestMessage', Math.round((timestamp - oldest) / 1000), 'Seconds'),
  ];
}
