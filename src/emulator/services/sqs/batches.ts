import type { BatchResultErrorEntry, SQS } from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { findQueue } from './lookup.ts';
import { changeVisibility } from './messages.ts';
import { send } from './send.ts';

const mostEntries = 10;

/** Several at once, each of which succeeds or fails for itself. */
export const batches: Operations<SQS> = {
  SendMessageBatch(input, call) {
    const queue = findQueue(input, call);
    return each(input.Entries, (entry) => {
      const { MessageId, MD5OfMessageBody, ...rest } = send(queue, entry, call);
      return { ...rest, MessageId, MD5OfMessageBody };
    });
  },

  DeleteMessageBatch(input, call) {
    const queue = findQueue(input, call);
    return each(input.Entries, ({ ReceiptHandle = '' }) => {
      const message = queue.find(ReceiptHandle);
      if (message) queue.delete(message);
      return {};
    });
  },

  ChangeMessageVisibilityBatch(input, call) {
    const queue = findQueue(input, call);
    return each(input.Entries, (entry) => {
      changeVisibility(queue, entry);
      return {};
    });
  },
};

interface Results<Result> {
  Successful: (Result & { Id: string })[];
  Failed: BatchResultErrorEntry[];
}

function each<Entry extends { Id: string | undefined }, Result>(
  entries: readonly Entry[] | undefined = [],
  run: (entry: Entry) => Result,
): Results<Result> {
  checkEntries(entries);
  const results: Results<Result> = { Successful: [], Failed: [] };
  for (const entry of entries) {
    const Id = entry.Id ?? '';
    try {
      results.Successful.push({ ...run(entry), Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      results.Failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return results;
}

function checkEntries(entries: readonly { Id: string | undefined }[]): void {
  const ids = entries.map(({ Id }) => Id);
  if (ids.length === 0) {
    throw new AwsError(
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    );
  }
  if (ids.length > mostEntries) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${mostEntries}. You have sent ${ids.length}.`,
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    throw new AwsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  }
}
