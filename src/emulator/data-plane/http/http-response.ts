import { STATUS_CODES } from 'node:http';
import { BadMessage } from './bad-message.ts';
import { isBodiless, persists } from './framing.ts';
import { type RequestHead, responseHead } from './head.ts';
import { endToEnd, firstValue, type HeaderPairs } from './header-pairs.ts';
import type { MessageWriter } from './message-writer.ts';

/** The connection that an answer goes out by. */
export interface Answering {
  writer: MessageWriter;
  /** Whether the client sends no more requests. */
  isLast: boolean;
  /** Milliseconds since 1970. */
  now(): number;
  answered(isKept: boolean): void;
  release(): Buffer;
  destroy(): void;
}

/** Who has to know what becomes of an answer. */
export interface ResponseEvents {
  /** The client has caught up: more may be written. */
  drained?(): void;
  /** The client has gone before it had the whole answer. */
  gone?(): void;
}

/** The answer to one request. */
export class HttpResponse {
  /** Whether the connection is to be kept; to be set before it begins. */
  isKept = true;
  events: ResponseEvents = {};
  readonly #connection: Answering;
  readonly #request: RequestHead;
  #state: 'open' | 'begun' | 'done' = 'open';
  #isBodiless = false;

  constructor(connection: Answering, request: RequestHead) {
    this.#connection = connection;
    this.#request = request;
  }

  get hasBegun(): boolean {
    return this.#state !== 'open';
  }

  /**
   * The head, of which the headers that are about one connection are left to this one. Without a `Content-Length` the body
   * goes out in chunks, or, to clients of HTTP/1.0, until the end.
   *
   * @throws BadMessage where it cannot be sent; nothing has begun then
   */
  begin(status: number, reason: string | undefined, headers: HeaderPairs): void {
    if (this.#state !== 'open') return;
    if (status < 200) throw new BadMessage(`the answer ${status} is not a last one`);
    const { method, version } = this.#request;
    const { writer, isLast, now } = this.#connection;
    const isWithout = isBodiless(status, method);
    const isFramed = isWithout || firstValue(headers, 'content-length') !== undefined;
    const isChunked = !isFramed && version === '1.1';
    const isKept = this.isKept && !isLast && persists(this.#request) && (isFramed || isChunked);
    const own: [string, string][] = [['Connection', isKept ? 'keep-alive' : 'close']];
    if (firstValue(headers, 'date') === undefined) own.push(['Date', httpDate(now())]);
    if (isChunked) own.push(['Transfer-Encoding', 'chunked']);
    const all = [...endToEnd(headers), ...own];
    writer.begin(responseHead(status, reason ?? STATUS_CODES[status] ?? '', all), isChunked);
    this.#state = 'begun';
    this.#isBodiless = isWithout;
    this.isKept = isKept;
  }

  /** Sends the head on its way where the body is late. */
  flush(): void {
    if (this.#state === 'begun') this.#connection.writer.flush();
  }

  /** False where the client is behind, until it has caught up. */
  write(chunk: Uint8Array): boolean {
    return this.#state !== 'begun' || this.#isBodiless || this.#connection.writer.write(chunk);
  }

  end(chunk?: Uint8Array): void {
    if (this.#state !== 'begun') return;
    if (chunk) this.write(chunk);
    this.#state = 'done';
    this.#connection.writer.end();
    this.#connection.answered(this.isKept);
  }

  /** Breaks off: the client sees that there is no whole answer. */
  abort(): void {
    if (this.#state === 'done') return;
    this.#state = 'done';
    this.#connection.destroy();
  }

  /** Takes no answer any more: its client has gone. */
  withdraw(): void {
    if (this.#state === 'done') return;
    this.#state = 'done';
    this.events.gone?.();
  }

  /** Gives the connection up to another protocol; what the client has sent of it already. */
  takeOver(): Buffer {
    if (this.#state === 'done') return Buffer.alloc(0);
    this.#state = 'done';
    return this.#connection.release();
  }
}

const SECOND = 1_000;
let lastDate = { second: Number.NaN, text: '' };

function httpDate(now: number): string {
  const second = Math.floor(now / SECOND);
  if (lastDate.second !== second) lastDate = { second, text: new Date(second * SECOND).toUTCString() };
  return lastDate.text;
}
