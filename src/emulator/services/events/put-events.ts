import type { EventBridge, PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import { createEvent } from '../../world/events/event.ts';
import { requireDefaultBus } from './lookup.ts';
import { publish } from './publish.ts';

export const putEvents: Operations<EventBridge> = {
  PutEvents(input, call) {
    const entries = required(input.Entries, 'entries').map((entry) => putEvent(entry, call));
    return { Entries: entries, FailedEntryCount: entries.filter(({ ErrorCode }) => ErrorCode).length };
  },
};

function putEvent(entry: PutEventsRequestEntry, { cell }: Call): PutEventsResultEntry {
  requireDefaultBus(entry.EventBusName);
  const { Source, DetailType, Detail } = entry;
  if (!Source) return notValid('Source');
  if (!DetailType) return notValid('DetailType');
  if (!Detail) return notValid('Detail');
  const detail = parseObject(Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const event = createEvent(cell, {
    detailType: DetailType,
    source: Source,
    resources: entry.Resources ?? [],
    detail,
    time: entry.Time?.getTime(),
  });
  publish(cell, event);
  return { EventId: event.id };
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function notValid(parameter: string): PutEventsResultEntry {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${parameter} is a required argument.`,
  };
}
