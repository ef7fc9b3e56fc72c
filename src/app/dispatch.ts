import { explain } from '../aws/errors.ts';
import type { QueueMessage } from '../aws/queue.ts';
import { type Every, parseEvery } from '../config/every.ts';
import { AlbridgeError } from '../engine/errors.ts';
import { classify } from './events/classify.ts';
import { recheckMessage, tickMessage } from './events/message.ts';
import type { Hint } from './events/trigger.ts';

export interface DispatchOptions {
  /** Milliseconds since the Unix epoch. */
  now: () => number;
  /** Sends messages to the queue with this URL. */
  send: (queueUrl: string, messages: readonly QueueMessage[]) => Promise<void>;
  environment: Readonly<Record<string, string | undefined>>;
}

/** What an invocation answers, for whoever invokes by hand. */
export interface DispatchSummary {
  /** How many messages were sent, to be received within the next two minutes. */
  sent: number;
}

/** After a hint, in seconds: what an event precedes has happened by then, or is left to the schedule (FM16). */
const recheckDelays = [15, 30, 60, 120] as const;

/** How long a re-check is of use once it is due, in milliseconds: afterwards the schedule has been there. */
const recheckLife = 60_000;

/**
 * One invocation of the `dispatch` function, which sends what is to happen later: re-checks after a hint; otherwise the
 * ticks of the coming minute. Both go through the queue that invokes `sync`.
 */
export async function dispatch(event: unknown, options: DispatchOptions): Promise<DispatchSummary> {
  const { environment, now, send } = options;
  const queueUrl = required(environment, 'ALBRIDGE_QUEUE_URL');
  const hints = classify(event).flatMap((trigger) => (trigger.kind === 'hint' ? [trigger.hint] : []));
  const messages =
    hints.length > 0
      ? hints.filter(changesLater).flatMap((hint) => rechecks(hint, now()))
      : ticks(parseEvery(required(environment, 'ALBRIDGE_EVERY'), 'ALBRIDGE_EVERY'), now());
  if (messages.length > 0) await send(queueUrl, messages).catch(refuse);
  return { sent: messages.length };
}

/** A deleted interface is gone by the time that its event comes. */
function changesLater(hint: Hint): boolean {
  return hint.about !== 'interface' || hint.change === 'created';
}

function rechecks(hint: Hint, now: number): QueueMessage[] {
  return recheckDelays.map((delay) => recheckMessage(delay, { now, life: recheckLife, hint }));
}

/** A tick is of use until the next one is due. */
function ticks({ seconds, delays }: Every, now: number): QueueMessage[] {
  return delays.map((delay) => tickMessage(delay, { now, life: seconds * 1000 }));
}

function required(environment: DispatchOptions['environment'], name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new AlbridgeError('invalid-config', `${name} is not set; the dispatch function cannot do without it`);
}

function refuse(error: unknown): never {
  throw new AlbridgeError('dispatch-failed', explain('SendMessageBatch', error), { cause: error });
}
