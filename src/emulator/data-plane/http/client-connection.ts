import type { Socket } from 'node:net';
import { type Asking, ClientExchange, type ExchangeEvents, type OutgoingRequest } from './client-exchange.ts';
import { persists, responseFraming } from './framing.ts';
import { type ResponseHead, readResponseHead, requestHead } from './head.ts';
import { firstValue, listOf } from './header-pairs.ts';
import type { IncomingBody } from './incoming-body.ts';
import { listenTo } from './listen-to.ts';
import { MessageReader } from './message-reader.ts';
import { MessageWriter } from './message-writer.ts';

export interface ClientOptions {
  /** Milliseconds without a byte until a server counts as silent, and an unused connection is closed; 0 for no limit. */
  idle: number;
  /** Takes the connection once it is free for the next request. */
  freed(connection: ClientConnection): void;
}

/** A connection is left so long before its server would close it: a request that is just on its way then would be lost. */
const MARGIN_MILLISECONDS = 1_000;

/** A connection to a server, for one request at a time. */
export class ClientConnection {
  readonly #socket: Socket;
  readonly #options: ClientOptions;
  readonly #asking: Asking;
  readonly #reader: MessageReader<ResponseHead>;
  readonly #unlisten: () => void;
  #exchange: ClientExchange | undefined;
  #answer: { head: ResponseHead; body: IncomingBody } | undefined;
  #isReused = false;
  /** Whether the server has ended its side. */
  #hasEnded = false;
  #error: NodeJS.ErrnoException | undefined;
  #limit: number;

  constructor(socket: Socket, options: ClientOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#asking = {
      writer: new MessageWriter(socket),
      asked: () => this.#concludeIfDone(),
      destroy: () => socket.destroy(),
    };
    this.#reader = new MessageReader(socket, {
      head: readResponseHead,
      framing: (head) => responseFraming(head, this.#exchange?.method ?? ''),
      message: (head, body) => this.#begin(head, body),
      ended: () => this.#concludeIfDone(),
      refused: (error) => socket.destroy(error),
    });
    this.#limit = options.idle;
    socket.setTimeout(options.idle);
    this.#unlisten = listenTo(socket, {
      // What a server says unasked is its farewell.
      data: (bytes) => (this.#exchange ? this.#reader.feed(bytes) : socket.destroy()),
      drain: () => this.#exchange?.events.drained?.(),
      end: () => this.#ended(),
      timeout: () => this.#silent(),
      error: (error) => {
        this.#error = error;
      },
      close: () => this.#closed(),
    });
  }

  /** Whether a request may be sent. */
  get isFree(): boolean {
    return this.#exchange === undefined && !this.#socket.destroyed;
  }

  /**
   * Sends a request's head, with what comes of its body first; its body and end are to be told to the exchange.
   *
   * @throws BadMessage where it cannot be sent; the connection is closed then
   */
  send(request: OutgoingRequest, events: ExchangeEvents): ClientExchange {
    const { method, headers } = request;
    const head = this.#headOf(request);
    const exchange = new ClientExchange(this.#asking, { method, events, isReused: this.#isReused });
    this.#isReused = true;
    this.#exchange = exchange;
    this.#setLimit(this.#options.idle);
    this.#asking.writer.begin(head, firstValue(headers, 'transfer-encoding') !== undefined);
    return exchange;
  }

  close(): void {
    this.#socket.destroy();
  }

  #headOf({ method, target, headers }: OutgoingRequest): string {
    try {
      return requestHead(method, target, headers);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #begin(head: ResponseHead, body: IncomingBody): void {
    const exchange = this.#exchange;
    if (!exchange) return void this.#socket.destroy();
    if (head.status === 101) this.#change(exchange, head);
    else if (head.status < 200) this.#reader.next();
    else {
      this.#answer = { head, body };
      exchange.events.response(head, body);
    }
  }

  #change(exchange: ClientExchange, head: ResponseHead): void {
    const { upgraded } = exchange.events;
    if (!upgraded) return void this.#socket.destroy();
    this.#unlisten();
    this.#socket.setTimeout(0);
    exchange.conclude();
    upgraded(head, this.#socket, this.#reader.stop());
  }

  /** The connection is free once the request has been sent and the answer handed on, both to their ends. */
  #concludeIfDone(): void {
    const { head, body } = this.#answer ?? {};
    const exchange = this.#exchange;
    if (!exchange || !head || !body || body.isOpen) return;
    exchange.conclude();
    this.#exchange = undefined;
    this.#answer = undefined;
    const kept = keptMilliseconds(head, this.#options.idle);
    const isOver = !exchange.isAsked || kept === undefined || this.#hasEnded || this.#reader.hasMore;
    if (isOver) return void this.#socket.destroy();
    this.#setLimit(kept);
    this.#reader.next();
    this.#options.freed(this);
  }

  #ended(): void {
    this.#hasEnded = true;
    this.#reader.end();
    this.#socket.destroy();
  }

  #silent(): void {
    // It may be the client who is slow to take what has come.
    if (this.#answer && !this.#answer.body.isFlowing) return void this.#socket.setTimeout(this.#limit);
    this.#socket.destroy(Object.assign(new Error('the server is silent'), { code: 'ETIMEDOUT' }));
  }

  #closed(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    if (!exchange || exchange.isOver) return;
    exchange.conclude();
    if (this.#answer) this.#answer.body.break();
    else exchange.events.failed(this.#error ?? new Error('the server hung up'));
  }

  #setLimit(milliseconds: number): void {
    if (milliseconds === this.#limit) return;
    this.#limit = milliseconds;
    this.#socket.setTimeout(milliseconds);
  }
}

/** How long the connection may be kept unused after an answer; undefined where it may not. 0 for no limit. */
function keptMilliseconds(head: ResponseHead, idle: number): number | undefined {
  if (!persists(head)) return undefined;
  const hint = listOf(head.headers, 'keep-alive').find((option) => option.startsWith('timeout='));
  const told = hint === undefined ? Number.NaN : Number(hint.slice('timeout='.length)) * 1_000;
  if (Number.isNaN(told)) return idle;
  const safe = told - MARGIN_MILLISECONDS;
  if (safe <= 0) return undefined;
  return idle === 0 ? safe : Math.min(idle, safe);
}
