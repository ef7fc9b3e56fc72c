import { isDeepStrictEqual } from 'node:util';
import type { SQS } from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import { paginate } from '../../core/pagination.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { Queue } from '../../world/queues/queue.ts';
import { findQueue, invalidParameter, queueArn, queueDoesNotExist, queueUrl } from './lookup.ts';
import { changeSettings, defaultSettings } from './settings.ts';

export const queues: Operations<SQS> = {
  /** Creating what is there already, with the same settings, gives its URL. */
  CreateQueue(input, { cell }) {
    const name = required(input.QueueName, 'queueName');
    checkName(name);
    const current = cell.queues.all.get(name);
    const settings = changeSettings(current?.settings ?? defaultSettings, input.Attributes ?? {});
    if (current) {
      if (isDeepStrictEqual(settings, current.settings)) return { QueueUrl: current.url };
      throw new AwsError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for an attribute: ${name}`,
      );
    }
    const queue = new Queue({ name, arn: queueArn(cell, name), url: queueUrl(cell, name), settings }, cell);
    for (const [key, value] of Object.entries(input.tags ?? {})) queue.tags.set(key, value);
    cell.queues.all.set(name, queue);
    cell.gauges.start();
    return { QueueUrl: queue.url };
  },

  GetQueueUrl(input, { cell }) {
    const { QueueOwnerAWSAccountId: owner = cell.account } = input;
    const queue =
      owner === cell.account ? cell.queues.all.get(required(input.QueueName, 'queueName')) : undefined;
    if (!queue) throw queueDoesNotExist();
    return { QueueUrl: queue.url };
  },

  ListQueues(input, { cell }) {
    const { QueueNamePrefix = '', MaxResults: limit = 1000 } = input;
    const matching = [...cell.queues.all.values()].filter(({ name }) => name.startsWith(QueueNamePrefix));
    const { items, nextToken } = paginate(matching, ({ name }) => name, {
      limit,
      token: input.NextToken,
      invalidToken: 'InvalidParameterValue',
    });
    return { QueueUrls: items.map(({ url }) => url), NextToken: nextToken };
  },

  PurgeQueue(input, call) {
    findQueue(input, call).purge();
    return {};
  },

  DeleteQueue(input, call) {
    call.cell.queues.delete(findQueue(input, call));
    return {};
  },
};

function checkName(name: string): void {
  if (name.endsWith('.fifo')) {
    throw invalidParameter(`${name} is a FIFO queue, which this local AWS does not have: use a standard one`);
  }
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw invalidParameter(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
}
