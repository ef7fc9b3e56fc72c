import type { BatchResultErrorEntry, PublishBatchResultEntry, PublishInput, SNS } from '@aws-sdk/client-sns';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { Operations } from '../../core/service.ts';
import type { Publication, Topic } from '../../world/topics/topics.ts';
import { deliver } from './delivery.ts';
import { findTopic, invalidParameter } from './lookup.ts';

const most = { bytes: 262_144, subject: 100, entries: 10 };

type Content = Pick<PublishInput, 'Message' | 'MessageAttributes' | 'MessageStructure' | 'Subject'>;

export const publishing: Operations<SNS> = {
  Publish(input, { cell }) {
    if (input.PhoneNumber !== undefined) {
      throw invalidParameter('PhoneNumber Reason: this local AWS sends no text messages: give TopicArn');
    }
    const topic = findTopic(cell, input.TopicArn ?? input.TargetArn);
    return { MessageId: publish(cell, topic, input) };
  },

  /** Several at once, each of which succeeds or fails for itself. */
  PublishBatch({ TopicArn, PublishBatchRequestEntries: entries = [] }, { cell }) {
    const topic = findTopic(cell, TopicArn);
    checkEntries(entries.map(({ Id = '' }) => Id));
    const results: { Successful: PublishBatchResultEntry[]; Failed: BatchResultErrorEntry[] } = {
      Successful: [],
      Failed: [],
    };
    for (const entry of entries) {
      const Id = entry.Id ?? '';
      try {
        results.Successful.push({ Id, MessageId: publish(cell, topic, entry) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        results.Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return results;
  },
};

/**
 * Sends a message to all subscribers of a topic; its id.
 *
 * @throws AwsError `InvalidParameter`
 */
export function publish(cell: Cell, topic: Topic, content: Content): string {
  const { Message: message = '', Subject: subject } = content;
  if (message === '') throw invalidParameter('Empty message');
  if (Buffer.byteLength(message) > most.bytes) throw invalidParameter('Message too long');
  if (subject !== undefined && !isSubject(subject)) throw invalidParameter('Subject');
  const publication: Publication = {
    id: uuid(cell.random),
    topicArn: topic.arn,
    message,
    byProtocol: content.MessageStructure === 'json' ? readStructure(message) : undefined,
    subject,
    attributes: content.MessageAttributes ?? {},
    publishedAt: cell.clock.now(),
  };
  deliver(cell, topic, publication);
  return publication.id;
}

/** A line of ASCII that begins with a letter, a digit or a mark. */
function isSubject(subject: string): boolean {
  return subject.length <= most.subject && /^[!-~][ -~]*$/.test(subject);
}

function readStructure(message: string): Record<string, string> {
  let json: unknown;
  try {
    json = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  if (typeof json !== 'object' || json === null || !('default' in json) || typeof json.default !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return json as Record<string, string>;
}

function checkEntries(ids: readonly string[]): void {
  if (ids.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch request contains no entries.');
  if (ids.length > most.entries) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `The batch request contains more entries than permissible: ${ids.length}, of ${most.entries}.`,
    );
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  }
}
