import { BadMessage } from './bad-message.ts';
import { type BodyDecoder, bodyDecoder } from './body-decoder.ts';
import type { Framing } from './framing.ts';
import { IncomingBody } from './incoming-body.ts';

/** Who reads the messages of a connection. */
export interface Reading<Head> {
  /**
   * Reads the text of a head, each of its lines ended.
   *
   * @throws BadMessage
   */
  head(text: string): Head;
  /** @throws BadMessage */
  framing(head: Head): Framing;
  message(head: Head, body: IncomingBody): void;
  /** The message has been handed on to its end. */
  ended?(): void;
  /** What came is no message; nothing more is read. */
  refused(error: BadMessage): void;
}

/** What bytes come from, at the pace that they are taken. */
interface Paced {
  pause(): unknown;
  resume(): unknown;
  /** Takes bytes back, to give them again. */
  unshift(bytes: Buffer): void;
}

/** Application load balancers take heads of 64 KB. */
const LARGEST_HEAD = 65_536;

const NOTHING = Buffer.alloc(0);

/** Takes the bytes of a connection apart into messages: the next begins once the one before has been dealt with. */
export class MessageReader<Head> {
  readonly #from: Paced;
  readonly #reading: Reading<Head>;
  #rest: Buffer = NOTHING;
  #body: IncomingBody | undefined;
  #framing: Framing = 0;
  #decoder: BodyDecoder | undefined;
  #isRunning = false;
  #isDecoding = false;
  #isStopped = false;
  #isHeld = false;
  /** How many bytes of a head that has not come to its end have been looked at. */
  #seen = 0;

  constructor(from: Paced, reading: Reading<Head>) {
    this.#from = from;
    this.#reading = reading;
  }

  /** Whether a message has begun, and its head not come to its end. */
  get isWithinHead(): boolean {
    return this.#body === undefined && this.#rest.length > 0;
  }

  /** Whether more has come than the message that is read. */
  get hasMore(): boolean {
    return this.#rest.length > 0;
  }

  feed(bytes: Buffer): void {
    if (this.#isStopped) return;
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    this.#run();
  }

  /** The message has been dealt with: on to the next. */
  next(): void {
    this.#body = undefined;
    this.#run();
  }

  /** No more bytes come: that ends a body that lasts as long as the connection, and breaks any other. */
  end(): void {
    if (!this.#body?.isOpen) return;
    if (this.#framing === 'until-close') this.#finish(this.#body);
    else this.#body.break();
  }

  /** Reads no more; the bytes that came after the last message. */
  stop(): Buffer {
    this.#isStopped = true;
    const rest = this.#rest;
    this.#rest = NOTHING;
    this.#pace();
    return rest;
  }

  /**
   * Goes on as far as it gets. A handler that asks for a body's bytes gets those that are there at once; the next message
   * is for whoever came first, as there may be thousands in what has come.
   */
  #run(): void {
    const isFirst = !this.#isRunning;
    this.#isRunning = true;
    try {
      while (!this.#isStopped && (isFirst || this.#body) && this.#step());
    } catch (error) {
      if (!(error instanceof BadMessage)) throw error;
      this.stop();
      this.#body?.break();
      this.#reading.refused(error);
    } finally {
      if (isFirst) this.#isRunning = false;
    }
    if (isFirst) this.#pace();
  }

  /** Whether it got any further. */
  #step(): boolean {
    if (this.#rest.length === 0) return false;
    if (!this.#body) return this.#readHead();
    if (!this.#body.isFlowing || !this.#decoder || this.#isDecoding) return false;
    const used = this.#decode(this.#decoder, this.#body);
    this.#rest = this.#rest.subarray(used);
    if (this.#decoder.isDone) this.#finish(this.#body);
    return used > 0;
  }

  #decode(decoder: BodyDecoder, body: IncomingBody): number {
    this.#isDecoding = true;
    try {
      return decoder.decode(this.#rest, body);
    } finally {
      this.#isDecoding = false;
    }
  }

  #readHead(): boolean {
    this.#dropEmptyLines();
    const bytes = this.#rest;
    const from = Math.max(0, this.#seen - OVERLAP);
    const end = bytes.indexOf('\r\n\r\n', from);
    if ((end === -1 ? bytes.length : end) > LARGEST_HEAD)
      throw new BadMessage('a head of more than 64 KB', 431);
    if (end === -1) {
      refuseHopeless(bytes.toString('latin1', from));
      this.#seen = bytes.length;
      return false;
    }
    this.#seen = 0;
    const head = this.#reading.head(bytes.toString('latin1', 0, end + 2));
    this.#framing = this.#reading.framing(head);
    this.#decoder = bodyDecoder(this.#framing);
    this.#rest = bytes.subarray(end + 4);
    const body = new IncomingBody(() => this.#run());
    this.#body = body;
    const isWhole = this.#decoder.isDone;
    if (isWhole) body.finish();
    this.#reading.message(head, body);
    if (isWhole) this.#reading.ended?.();
    return true;
  }

  /** Empty lines before a message are none of it (RFC 9112 section 2.2). */
  #dropEmptyLines(): void {
    let start = 0;
    while (this.#rest[start] === CR && this.#rest[start + 1] === LF) start += 2;
    if (start > 0) this.#rest = this.#rest.subarray(start);
  }

  #finish(body: IncomingBody): void {
    body.finish();
    this.#reading.ended?.();
  }

  /**
   * What nobody takes yet goes back to where it came from, and nothing more is asked for: an end that is already known
   * there is told after it then.
   */
  #pace(): void {
    const isTaken = this.#isStopped || !this.#body || this.#body.isFlowing;
    if (this.#isHeld && isTaken) {
      this.#isHeld = false;
      this.#from.resume();
    } else if (!this.#isHeld && !isTaken && this.#rest.length > 0) {
      this.#isHeld = true;
      this.#from.pause();
      this.#from.unshift(this.#rest);
      this.#rest = NOTHING;
    }
  }
}

/** A head's end may be cut at any of its bytes. */
const OVERLAP = 3;

const CR = 13;
const LF = 10;

/** Tells what will never be a head, as TLS spoken where it is not understood, before there is an end of it. */
function refuseHopeless(begun: string): void {
  if (/[^\t\r\n\x20-\x7e\x80-\xff]|[^\r]\n|\r[^\n]/.test(begun)) throw new BadMessage('what came is no head');
}
