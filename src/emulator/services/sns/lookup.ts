import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Subscription, Topic } from '../../world/topics/topics.ts';

export function topicArn({ account, region }: Cell, name: string): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}

/** @throws AwsError `NotFound`, or `InvalidParameter` for what is no ARN of a topic */
export function findTopic({ topics }: Cell, arn = ''): Topic {
  if (!/^arn:aws:sns:[^:]+:\d{12}:[A-Za-z0-9_-]+$/.test(arn)) throw invalidParameter('TopicArn');
  const topic = topics.all.get(arn);
  if (!topic) throw new AwsError('NotFound', 'Topic does not exist', 404);
  return topic;
}

/** @throws AwsError `NotFound` */
export function findSubscription({ topics }: Cell, arn = ''): Subscription {
  const subscription = topics.subscription(arn);
  if (!subscription) throw new AwsError('NotFound', 'Subscription does not exist', 404);
  return subscription;
}

export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}
