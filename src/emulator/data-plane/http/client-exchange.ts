import type { Socket } from 'node:net';
import type { ResponseHead } from './head.ts';
import type { HeaderPairs } from './header-pairs.ts';
import type { IncomingBody } from './incoming-body.ts';
import type { MessageWriter } from './message-writer.ts';

export interface OutgoingRequest {
  method: string;
  /** `/path?query` */
  target: string;
  /** With all that says how long the body is. */
  headers: HeaderPairs;
}

/** What becomes of a request. */
export interface ExchangeEvents {
  response(head: ResponseHead, body: IncomingBody): void;
  /** There is no answer. One that has begun breaks off instead, as its body tells. */
  failed(error: NodeJS.ErrnoException): void;
  /** The server speaks the protocol asked for; what it has sent of it already. Otherwise its agreement is a failure. */
  upgraded?: ((head: ResponseHead, socket: Socket, rest: Buffer) => void) | undefined;
  /** The server has caught up: more may be written. */
  drained?(): void;
}

/** The connection that a request goes out by. */
export interface Asking {
  writer: MessageWriter;
  /** The request has been sent to its end. */
  asked(): void;
  destroy(): void;
}

export interface ExchangeOptions {
  method: string;
  events: ExchangeEvents;
  isReused: boolean;
}

/** One request on its way, and its answer. */
export class ClientExchange {
  readonly method: string;
  readonly events: ExchangeEvents;
  /** Whether other requests went over the connection before. */
  readonly isReused: boolean;
  readonly #connection: Asking;
  #isAsked = false;
  #isOver = false;

  constructor(connection: Asking, { method, events, isReused }: ExchangeOptions) {
    this.method = method;
    this.events = events;
    this.isReused = isReused;
    this.#connection = connection;
  }

  /** Whether the request has been sent to its end. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** Whether the connection is no longer its own. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Sends the head on its way where the body is late. */
  flush(): void {
    if (!this.#isOver) this.#connection.writer.flush();
  }

  /** False where the server is behind, until it has caught up. */
  write(chunk: Uint8Array): boolean {
    return this.#isOver || this.#connection.writer.write(chunk);
  }

  end(): void {
    if (this.#isOver || this.#isAsked) return;
    this.#isAsked = true;
    this.#connection.writer.end();
    this.#connection.asked();
  }

  /** Nobody waits for the answer any more. */
  abort(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#connection.destroy();
  }

  conclude(): void {
    this.#isOver = true;
  }
}
