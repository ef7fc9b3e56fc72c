import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { required } from '../../core/required.ts';
import type { Call } from '../../core/service.ts';
import type { Queue } from '../../world/queues/queue.ts';

export function queueArn({ account, region }: Cell, name: string): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/** At the endpoint, as clients may call a queue at its own URL. */
export function queueUrl({ account, servers }: Cell, name: string): string {
  return `${servers.endpoint}/${account}/${name}`;
}

/** @throws AwsError `QueueDoesNotExist` */
export function findQueue(input: { QueueUrl?: string | undefined }, { cell }: Call): Queue {
  const url = required(input.QueueUrl, 'queueUrl');
  const [account, name = ''] = url.split('/').slice(-2);
  const queue = account === cell.account ? cell.queues.all.get(name) : undefined;
  if (!queue) throw queueDoesNotExist();
  return queue;
}

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
