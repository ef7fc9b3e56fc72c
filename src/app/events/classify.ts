import { isArticleEvent } from '../../config/article-fields.ts';
import { bridgeHint } from './event-bridge-hint.ts';
import { asJson, type Json, parseJson } from './json.ts';
import { readMessage } from './message.ts';
import { notificationHint } from './rds-notification.ts';
import type { Trigger } from './trigger.ts';

/** What an event means: one trigger, or one for each record of a batch. Total: it takes any value, and never throws. */
export function classify(event: unknown): Trigger[] {
  const json = asJson(event);
  if (isArticleEvent(json)) return [{ kind: 'article' }];
  const { Records: records } = json;
  if (Array.isArray(records) && records.length > 0)
    return records.map((record) => fromRecord(asJson(record)));
  return [fromEvent(json)];
}

function fromRecord(record: Json): Trigger {
  if (record.eventSource === 'aws:sqs') return fromQueue(parseJson(record.body));
  if (record.EventSource === 'aws:sns') return fromTopic(asJson(record.Sns).Message);
  return { kind: 'unknown' };
}

/** A message of our own, or one that something else was told to put there. */
function fromQueue(body: Json): Trigger {
  return readMessage(body) ?? (isNotification(body) ? fromTopic(body.Message) : fromEvent(body));
}

/** What comes by way of a topic is a hint, whatever it looks like: who may publish there is not ours to say (FM30). */
function fromTopic(message: unknown): Trigger {
  const json = parseJson(message);
  const inner = isNotification(json) ? parseJson(json.Message) : json;
  const hint = bridgeHint(inner) ?? notificationHint(inner) ?? ({ about: 'anything' } as const);
  return { kind: 'hint', hint };
}

function fromEvent(json: Json): Trigger {
  if (json.source === 'aws.events' && json['detail-type'] === 'Scheduled Event') return { kind: 'scheduled' };
  const hint = bridgeHint(json) ?? notificationHint(json);
  return hint ? { kind: 'hint', hint } : { kind: 'unknown' };
}

/** As SNS wraps a message for a queue, unless told to deliver it raw. */
function isNotification(json: Json): boolean {
  return json.Type === 'Notification' && typeof json.TopicArn === 'string';
}
