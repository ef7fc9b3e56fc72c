import type { Socket } from 'node:net';
import { BadMessage } from './bad-message.ts';
import { type Framing, requestFraming } from './framing.ts';
import { type RequestHead, readRequestHead } from './head.ts';
import { firstValue, listOf, valuesOf } from './header-pairs.ts';
import { type Answering, HttpResponse } from './http-response.ts';
import { discard, type IncomingBody } from './incoming-body.ts';
import { listenTo } from './listen-to.ts';
import { MessageReader } from './message-reader.ts';
import { MessageWriter } from './message-writer.ts';

/** Why a connection ends with no request answered. */
export type Refusal = 400 | 408 | 431 | 501;

/** What answers the requests of a connection. */
export interface HttpHandler {
  /** Milliseconds for which a client may be silent when it is its turn. */
  idle: number;
  /** Milliseconds since 1970, for the `Date` of answers that come without one. */
  now(): number;
  handle(request: HttpRequest, response: HttpResponse): void;
  /** The whole answer, as bytes, to what is no request, or did not come to its end in time. */
  refusal(status: Refusal): string;
}

export interface HttpRequest extends RequestHead {
  socket: Socket;
  body: IncomingBody;
  /** The protocol that the client would rather speak. */
  upgrade: string | undefined;
}

/** How long a client may go on sending after its last answer. */
const LINGER_MILLISECONDS = 2_000;

/** Serves HTTP over a connection: a request that comes after another waits until that has its answer. */
export class ServerConnection {
  readonly #socket: Socket;
  readonly #handler: HttpHandler;
  readonly #answering: Answering;
  readonly #reader: MessageReader<RequestHead>;
  readonly #unlisten: () => void;
  #exchange: { request: HttpRequest; response: HttpResponse } | undefined;
  /** Whether the client has ended its side. */
  #hasEnded = false;

  constructor(socket: Socket, handler: HttpHandler) {
    this.#socket = socket;
    this.#handler = handler;
    this.#answering = this.#answeringBy(new MessageWriter(socket));
    this.#reader = new MessageReader(socket, {
      head: readRequestHead,
      framing: framingWithHost,
      message: (head, body) => this.#begin(head, body),
      refused: ({ status }) => this.#refuse(status),
    });
    socket.setTimeout(handler.idle);
    this.#unlisten = listenTo(socket, {
      data: (bytes) => this.#reader.feed(bytes),
      drain: () => this.#exchange?.response.events.drained?.(),
      end: () => this.#ended(),
      timeout: () => this.#silent(),
      // Seen as its end.
      error() {},
      close: () => this.#closed(),
    });
  }

  /** Whether it waits for a request of which nothing has come. */
  get isIdle(): boolean {
    return !this.#exchange && !this.#reader.isWithinHead && this.#socket.readableLength === 0;
  }

  #begin(head: RequestHead, body: IncomingBody): void {
    const { method, target, version, headers } = head;
    const upgrade = upgradeOf(head);
    // Field by field, here and wherever every request passes: to spread objects takes longer than all the rest.
    const request = { method, target, version, headers, socket: this.#socket, body, upgrade };
    const response = new HttpResponse(this.#answering, head);
    this.#exchange = { request, response };
    if (body.isOpen && expectsContinue(head)) this.#socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    this.#handler.handle(request, response);
  }

  #ended(): void {
    this.#hasEnded = true;
    if (!this.#exchange) this.#socket.end();
    else if (this.#exchange.request.body.isOpen) this.#socket.destroy();
  }

  #silent(): void {
    if (this.isIdle) this.#socket.destroy();
    else if (!this.#exchange || this.#exchange.request.body.isFlowing) this.#refuse(408);
    // The client takes nothing of its answer.
    else if (this.#exchange.response.hasBegun && this.#socket.writableNeedDrain) this.#socket.destroy();
    else this.#socket.setTimeout(this.#handler.idle);
  }

  #closed(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#reader.stop();
    exchange?.request.body.break();
    exchange?.response.withdraw();
  }

  #answeringBy(writer: MessageWriter): Answering {
    const hasEnded = (): boolean => this.#hasEnded;
    return {
      writer,
      get isLast() {
        return hasEnded();
      },
      now: () => this.#handler.now(),
      answered: (isKept) => this.#answered(isKept),
      release: () => this.#release(),
      destroy: () => this.#socket.destroy(),
    };
  }

  /** On to the next request, once this one has been read to its end. */
  #answered(isKept: boolean): void {
    const next = (): void => {
      this.#exchange = undefined;
      this.#reader.next();
    };
    const body = this.#exchange?.request.body;
    if (!isKept || this.#hasEnded) this.#leave();
    else if (body?.isOpen) body.read({ ...discard, end: next });
    else next();
  }

  #refuse(status: Refusal): void {
    if (this.#exchange?.response.hasBegun) return void this.#socket.destroy();
    this.#closed();
    this.#socket.write(this.#handler.refusal(status));
    this.#leave();
  }

  /**
   * What the client still sends is read for a while, and dropped: were it left unread, the system would reset the
   * connection, and the client perhaps not see its answer.
   */
  #leave(): void {
    const socket = this.#socket;
    this.#exchange = undefined;
    this.#reader.stop();
    const within = (milliseconds: number): NodeJS.Timeout =>
      setTimeout(() => socket.destroy(), milliseconds).unref();
    let limit = within(this.#handler.idle);
    socket.once('close', () => clearTimeout(limit));
    socket.end(() => {
      clearTimeout(limit);
      limit = within(LINGER_MILLISECONDS);
    });
  }

  /** The connection is another protocol's from now on. */
  #release(): Buffer {
    this.#exchange = undefined;
    this.#unlisten();
    this.#socket.setTimeout(0);
    return this.#reader.stop();
  }
}

/** @throws BadMessage for HTTP/1.1 without its one Host header (RFC 9112 section 3.2) */
function framingWithHost(head: RequestHead): Framing {
  const hosts = valuesOf(head.headers, 'host').length;
  if (hosts > 1 || (hosts === 0 && head.version === '1.1')) throw new BadMessage(`${hosts} hosts are named`);
  return requestFraming(head);
}

function upgradeOf({ headers }: RequestHead): string | undefined {
  return listOf(headers, 'connection').includes('upgrade') ? firstValue(headers, 'upgrade') : undefined;
}

function expectsContinue({ version, headers }: RequestHead): boolean {
  return version === '1.1' && firstValue(headers, 'expect')?.toLowerCase() === '100-continue';
}
