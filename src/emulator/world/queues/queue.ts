import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { Clock, Timer } from '../../clock/clock.ts';
import { Changes } from '../../core/changes.ts';
import { type Random, uuid } from '../../core/random.ts';
import type { Message } from './message.ts';

/** Seconds, as SQS counts. */
export interface QueueSettings {
  delay: number;
  visibilityTimeout: number;
  retention: number;
  receiveWait: number;
  maximumMessageSize: number;
  /** Where a message goes that was received so often. */
  redrive: { deadLetterTargetArn: string; maxReceiveCount: number } | undefined;
  /** Kept as they were given, and without effect: the policy, encryption. */
  others: ReadonlyMap<string, string>;
}

export interface NewMessage {
  body: string;
  attributes: Readonly<Record<string, MessageAttributeValue>>;
  senderId: string;
  /** Seconds; the queue's own if not given. */
  delay: number | undefined;
}

/** A standard queue: delays, visibility and retention by the world's clock, in the order of sending. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAt: number;
  readonly tags: Map<string, string> = new Map();
  /** Announced whenever a message may have become visible. */
  readonly changes: Changes = new Changes();
  settings: QueueSettings;
  modifiedAt: number;
  readonly #clock: Clock;
  readonly #random: Random;
  #messages: Message[] = [];
  #wake: { at: number; timer: Timer } | undefined;

  constructor(
    { name, arn, url, settings }: { name: string; arn: string; url: string; settings: QueueSettings },
    { clock, random }: { clock: Clock; random: Random },
  ) {
    this.name = name;
    this.arn = arn;
    this.url = url;
    this.settings = settings;
    this.#clock = clock;
    this.#random = random;
    this.createdAt = this.modifiedAt = clock.now();
  }

  /** Those whose retention is not over. */
  get messages(): readonly Message[] {
    const oldest = this.#clock.now() - this.settings.retention * 1000;
    this.#messages = this.#messages.filter(({ sentAt }) => sentAt > oldest);
    return this.#messages;
  }

  send({ body, attributes, senderId, delay }: NewMessage): Message {
    const now = this.#clock.now();
    const message: Message = {
      id: uuid(this.#random),
      body,
      attributes,
      senderId,
      sentAt: now,
      visibleAt: now + (delay ?? this.settings.delay) * 1000,
      receives: 0,
      firstReceivedAt: undefined,
      receiptHandle: undefined,
      isCopy: false,
    };
    this.#messages.push(message);
    this.#visibleAt(message.visibleAt);
    return message;
  }

  /** Takes a message over from a queue that has given up on it. */
  adopt(message: Message): void {
    this.#messages.push({ ...message, visibleAt: this.#clock.now(), receiptHandle: undefined });
    this.changes.announce();
  }

  /** Leaves a copy of a received message behind: of the same id, visible at once, and to be deleted by itself. */
  copy(message: Message): void {
    this.adopt({ ...message, isCopy: true });
  }

  /** The next visible messages, hidden from now on for `visibilityTimeout` seconds. */
  receive(most: number, visibilityTimeout: number = this.settings.visibilityTimeout): Message[] {
    const now = this.#clock.now();
    const received = this.messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
    for (const message of received) {
      message.receives++;
      message.firstReceivedAt ??= now;
      message.receiptHandle = uuid(this.#random);
      message.visibleAt = now + visibilityTimeout * 1000;
      this.#visibleAt(message.visibleAt);
    }
    return received;
  }

  find(receiptHandle: string): Message | undefined {
    return this.messages.find((message) => message.receiptHandle === receiptHandle);
  }

  hide(message: Message, seconds: number): void {
    message.visibleAt = this.#clock.now() + seconds * 1000;
    this.#visibleAt(message.visibleAt);
  }

  delete(message: Message): void {
    this.#messages = this.#messages.filter((held) => held !== message);
  }

  purge(): void {
    this.#messages = [];
  }

  close(): void {
    this.#wake?.timer.cancel();
  }

  /** Announces the moment: one timer for the next one, from which it goes on to those after. */
  #visibleAt(at: number): void {
    const now = this.#clock.now();
    if (at <= now) {
      this.changes.announce();
      return;
    }
    if (this.#wake && this.#wake.at <= at) return;
    this.#wake?.timer.cancel();
    this.#wake = { at, timer: this.#clock.after(at - now, () => this.#awake()) };
  }

  #awake(): void {
    const now = this.#clock.now();
    this.#wake = undefined;
    const later = this.#messages.map(({ visibleAt }) => visibleAt).filter((at) => at > now);
    if (later.length > 0) this.#visibleAt(Math.min(...later));
    this.changes.announce();
  }
}
