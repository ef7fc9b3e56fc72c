import type { Socket } from 'node:net';

/** What is sent together with a short head, rather than to be copied: as much as that costs less than a second write. */
const COPIED_BYTES = 16_384;

/** Sends messages over a connection, one after the other: each write is as few of the system's as it can be. */
export class MessageWriter {
  readonly #socket: Socket;
  /** What goes in front of what is sent next. */
  #head = '';
  #isChunked = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Begins a message: its head goes out with what comes next, or by `flush`. */
  begin(head: string, isChunked: boolean): void {
    this.#head = head;
    this.#isChunked = isChunked;
  }

  /** Sends what is held back. */
  flush(): void {
    if (this.#head === '') return;
    this.#socket.write(this.#head, 'latin1');
    this.#head = '';
  }

  /** False where the connection is behind: it tells by `drain` when it has caught up. */
  write(chunk: Uint8Array): boolean {
    if (chunk.length === 0) return true;
    if (!this.#isChunked) return this.#send(this.#head, chunk, '');
    return this.#send(`${this.#head}${chunk.length.toString(16)}\r\n`, chunk, '\r\n');
  }

  end(): void {
    if (this.#isChunked) this.#head += '0\r\n\r\n';
    this.flush();
  }

  #send(before: string, chunk: Uint8Array, after: string): boolean {
    this.#head = '';
    const socket = this.#socket;
    if (before === '' && after === '') return socket.write(chunk);
    if (chunk.length <= COPIED_BYTES) return socket.write(joined(before, chunk, after));
    socket.cork();
    socket.write(before, 'latin1');
    socket.write(chunk);
    const isTaken = after === '' ? !socket.writableNeedDrain : socket.write(after, 'latin1');
    socket.uncork();
    return isTaken;
  }
}

function joined(before: string, chunk: Uint8Array, after: string): Buffer {
  const bytes = Buffer.allocUnsafe(before.length + chunk.length + after.length);
  bytes.write(before, 0, 'latin1');
  bytes.set(chunk, before.length);
  bytes.write(after, before.length + chunk.length, 'latin1');
  return bytes;
}
