import type { LogEvent, LogGroup, LogStream } from './log-group.ts';

const dayMs = 86_400_000;

/** What is written to a stream, before it is an event. */
export interface LogEntry {
  timestamp: number;
  message: string;
  /** What the writer's own clock says, where that is not the world's: a function's process has the machine's. */
  writersTime?: number;
}

/** Told of each event as it is written. */
export type LogListener = (event: LogEvent, stream: LogStream, group: LogGroup, entry: LogEntry) => void;

/** Log groups, streams and events. */
export class LogGroups {
  /** By name. */
  readonly all: Map<string, LogGroup> = new Map();
  readonly #listeners = new Set<LogListener>();
  #events = 0;

  createGroup(name: string, createdAt: number): LogGroup {
    const group: LogGroup = {
      name,
      createdAt,
      retentionInDays: undefined,
      tags: new Map(),
      streams: new Map(),
    };
    this.all.set(name, group);
    return group;
  }

  createStream(group: LogGroup, name: string, createdAt: number): LogStream {
    const stream: LogStream = { name, createdAt, events: [] };
    group.streams.set(name, stream);
    return stream;
  }

  /** Appends to a stream, and makes the stream and its group where they are missing, as Lambda's logging does. */
  write(groupName: string, streamName: string, entries: readonly LogEntry[], now: number): void {
    const group = this.all.get(groupName) ?? this.createGroup(groupName, now);
    const stream = group.streams.get(streamName) ?? this.createStream(group, streamName, now);
    this.append(group, stream, entries, now);
  }

  append(group: LogGroup, stream: LogStream, entries: readonly LogEntry[], now: number): void {
    for (const entry of entries) {
      const { timestamp, message } = entry;
      const event = { id: String(this.#events++).padStart(56, '0'), timestamp, ingestedAt: now, message };
      insert(stream.events, event);
      for (const listener of this.#listeners) listener(event, stream, group, entry);
    }
    if (group.retentionInDays !== undefined) expire(stream, now - group.retentionInDays * dayMs);
  }

  /** Calls `listener` with each event written from now on; the function returned ends that. */
  subscribe(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Events almost always come in order, so the search for an event's place starts at the end. */
function insert(events: LogEvent[], event: LogEvent): void {
  let place = events.length;
  while (place > 0 && (events[place - 1]?.timestamp ?? 0) > event.timestamp) place--;
  events.splice(place, 0, event);
}

function expire(stream: LogStream, before: number): void {
  const firstKept = stream.events.findIndex((event) => event.timestamp >= before);
  if (firstKept !== 0) stream.events.splice(0, firstKept < 0 ? stream.events.length : firstKept);
}
