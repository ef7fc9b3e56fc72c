import { asJson, type Json } from './json.ts';
import type { Hint, Trigger } from './trigger.ts';

/** What the dispatcher sends: what for, until when it is of use, and what it goes back to. */
interface Message {
  albridge: 'tick' | 'recheck';
  /** ISO 8601 */
  expires: string;
  hint?: Hint;
}

export interface DelayedMessage {
  /** Seconds */
  delay: number;
  body: string;
}

/** `now` and `life` in milliseconds: a message is of use until its delay has passed, and `life` more. */
export function tickMessage(delay: number, { now, life }: { now: number; life: number }): DelayedMessage {
  return delayed(delay, { albridge: 'tick', expires: expiry(delay, now, life) });
}

export function recheckMessage(
  delay: number,
  { now, life, hint }: { now: number; life: number; hint: Hint },
): DelayedMessage {
  return delayed(delay, { albridge: 'recheck', expires: expiry(delay, now, life), hint });
}

/** The message as a trigger; undefined for what the dispatcher did not write. */
export function readMessage({ albridge, expires, hint }: Json): Trigger | undefined {
  const at = typeof expires === 'string' ? Date.parse(expires) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  if (albridge === 'tick') return { kind: 'tick', expires: at };
  if (albridge === 'recheck') return { kind: 'recheck', expires: at, hint: readHint(asJson(hint)) };
  return undefined;
}

function readHint({ about, change, description }: Json): Hint {
  if (about === 'database') return { about };
  if (about !== 'interface') return { about: 'anything' };
  return {
    about,
    change: change === 'deleted' ? 'deleted' : 'created',
    description: typeof description === 'string' ? description : undefined,
  };
}

function expiry(delay: number, now: number, life: number): string {
  return new Date(now + delay * 1000 + life).toISOString();
}

function delayed(delay: number, message: Message): DelayedMessage {
  return { delay, body: JSON.stringify(message) };
}
