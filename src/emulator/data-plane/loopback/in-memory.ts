import type { Server, Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** An address and a port, as the ends of a connection tell them. */
interface Name {
  address: string;
  port: number;
}

export interface InMemoryOptions {
  /** The client's. */
  from: Name;
  to: Name;
  /** Leaves the writing side open when the acceptor ends its own. */
  allowHalfOpen: boolean;
  /** Called with the acceptor's end before the server hears of it. */
  accepting(end: Socket): unknown;
}

/**
 * Connects to a server of this process, past the system's network: what is written is read a moment later, half-closes,
 * resets, back pressure and time-outs are as with a socket of the system. A server that closes first refuses.
 */
export function connectInMemory(
  server: Server,
  { from, to, allowHalfOpen, accepting }: InMemoryOptions,
): Socket {
  const client = new InMemorySocket(allowHalfOpen, { local: from, remote: to });
  setImmediate(() => {
    if (client.destroyed) return;
    if (!server.listening) return void client.destroy(failure('ECONNREFUSED', 'connect'));
    const accepted = new InMemorySocket(acceptsHalfOpen(server), { local: to, remote: from });
    accepted.join(client);
    client.join(accepted);
    accepting(asSocket(accepted));
    server.emit('connection', accepted);
    client.emit('connect');
  });
  return asSocket(client);
}

/** A connection that comes to nothing, as its holder sees a moment later. */
export function failing(code: 'ECONNREFUSED' | 'ECONNRESET' | 'ETIMEDOUT', to: string): Socket {
  const client = new InMemorySocket(false, { local: NOBODY, remote: NOBODY });
  setImmediate(() => client.destroy(failure(code, 'connect', to)));
  return asSocket(client);
}

const NOBODY: Name = { address: '127.0.0.1', port: 0 };

const BUFFERED_BYTES = 65_536;

/** One end of a connection within this process. */
class InMemorySocket extends Duplex {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  bytesRead = 0;
  bytesWritten = 0;
  #peer: InMemorySocket | undefined;
  /** What is sent once there is a peer. */
  #unsent: ((peer: InMemorySocket) => void)[] = [];
  #bytesInFlight = 0;
  #isPeerFull = false;
  /** Of a write that waits for room. */
  #whenRoom: (() => void) | undefined;
  /** Whether something came to a peer that was no more. */
  #isInVain = false;
  #isReset = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(allowHalfOpen: boolean, { local, remote }: { local: Name; remote: Name }) {
    super({ allowHalfOpen, highWaterMark: BUFFERED_BYTES });
    this.localAddress = local.address;
    this.localPort = local.port;
    this.remoteAddress = remote.address;
    this.remotePort = remote.port;
  }

  get connecting(): boolean {
    return this.#peer === undefined;
  }

  join(peer: InMemorySocket): void {
    this.#peer = peer;
    for (const arrive of this.#unsent.splice(0)) this.#send(arrive);
  }

  /** Emits `timeout` when nothing has moved for so many milliseconds; 0 for never. */
  setTimeout(milliseconds: number, listener?: () => void): this {
    clearTimeout(this.#idle);
    this.#idle = milliseconds > 0 ? setTimeout(() => this.emit('timeout'), milliseconds).unref() : undefined;
    if (listener) this.once('timeout', listener);
    return this;
  }

  resetAndDestroy(): this {
    this.#isReset = true;
    return this.destroy();
  }

  /** There is no system to tell. */
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    const peer = this.#peer;
    if (peer) peer.#goOn(false);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#idle?.refresh();
    this.bytesWritten += chunk.length;
    this.#bytesInFlight += chunk.length;
    this.#whenRoom = done;
    this.#send((peer) => this.#arrive(peer, chunk));
    this.#goOn(this.#isPeerFull);
  }

  override _final(done: () => void): void {
    this.#send((peer) => {
      if (!peer.destroyed) peer.push(null);
    });
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#idle);
    if (this.#peer) this.#send((peer) => peer.#lose(this.#isReset));
    done(error);
  }

  #arrive(peer: InMemorySocket, chunk: Buffer): void {
    this.#bytesInFlight -= chunk.length;
    if (peer.destroyed) this.#comeInVain();
    else this.#goOn(!peer.#receive(chunk));
  }

  /** The next write may follow, where there is room for it. */
  #goOn(isPeerFull: boolean): void {
    this.#isPeerFull = isPeerFull;
    if (isPeerFull || this.#bytesInFlight >= BUFFERED_BYTES) return;
    const done = this.#whenRoom;
    this.#whenRoom = undefined;
    done?.();
  }

  /** As with a socket of the system, nothing is known of it before something has come back. */
  #comeInVain(): void {
    if (this.#isInVain) this.destroy(failure('EPIPE', 'write'));
    setImmediate(() => {
      this.#isInVain = true;
    });
    this.#goOn(false);
  }

  /**
   * Everything arrives in a later turn of the event loop, in its order. Nobody is answered while they still write; and
   * what is on its way together arrives together, so that those whom it leads to are woken once for all of it.
   */
  #send(arrive: (peer: InMemorySocket) => void): void {
    const peer = this.#peer;
    if (peer) setImmediate(arrive, peer);
    else this.#unsent.push(arrive);
  }

  /** Whether there is room for more. */
  #receive(chunk: Buffer): boolean {
    this.#idle?.refresh();
    this.bytesRead += chunk.length;
    return this.push(chunk);
  }

  /** The peer is no more: that is an end, or a reset, which is all that is left to who is not done with it. */
  #lose(isReset: boolean): void {
    if (this.destroyed) return;
    if (isReset) this.destroy(failure('ECONNRESET', 'read'));
    else if (!this.readableEnded) this.push(null);
    this.#goOn(false);
  }
}

/** What a socket of the system has beyond it, nobody here asks for. */
function asSocket(end: InMemorySocket): Socket {
  return end as unknown as Socket;
}

function acceptsHalfOpen(server: Server): boolean {
  return (server as Server & { allowHalfOpen?: boolean }).allowHalfOpen === true;
}

function failure(
  code: 'ECONNREFUSED' | 'ECONNRESET' | 'ETIMEDOUT' | 'EPIPE',
  call: string,
  to = '',
): NodeJS.ErrnoException {
  return Object.assign(new Error(`${call} ${code} ${to}`.trimEnd()), { code });
}
