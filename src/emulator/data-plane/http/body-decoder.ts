import { BadMessage } from './bad-message.ts';
import type { Framing } from './framing.ts';
import { isHeaderLine } from './head.ts';
import type { IncomingBody } from './incoming-body.ts';

/** Finds a body in the bytes of a connection. */
export interface BodyDecoder {
  /** Nothing more belongs to the body. */
  readonly isDone: boolean;
  /**
   * Hands on what there is of it; the number of bytes that are done with. More are needed where that is 0.
   *
   * @throws BadMessage
   */
  decode(bytes: Buffer, body: IncomingBody): number;
}

export function bodyDecoder(framing: Framing): BodyDecoder {
  if (framing === 'chunked') return new Chunks();
  return new Bytes(framing === 'until-close' ? Number.POSITIVE_INFINITY : framing);
}

class Bytes implements BodyDecoder {
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get isDone(): boolean {
    return this.#left === 0;
  }

  decode(bytes: Buffer, body: IncomingBody): number {
    const used = Math.min(bytes.length, this.#left);
    this.#left -= used;
    body.push(used === bytes.length ? bytes : bytes.subarray(0, used));
    return used;
  }
}

/** A line of a chunked body: its length with extensions, or a trailer. */
const LONGEST_LINE = 16_384;

/** RFC 9112 section 7.1. Extensions and trailers are about one connection, and dropped. */
class Chunks implements BodyDecoder {
  #expects: 'length' | 'data' | 'end of data' | 'trailers' | 'nothing' = 'length';
  #left = 0;

  get isDone(): boolean {
    return this.#expects === 'nothing';
  }

  decode(bytes: Buffer, body: IncomingBody): number {
    let at = 0;
    while (at < bytes.length && !this.isDone) {
      const used = this.#expects === 'data' ? this.#readData(bytes, at, body) : this.#readLine(bytes, at);
      if (used === 0) break;
      at += used;
    }
    return at;
  }

  #readData(bytes: Buffer, at: number, body: IncomingBody): number {
    const used = Math.min(bytes.length - at, this.#left);
    this.#left -= used;
    if (this.#left === 0) this.#expects = 'end of data';
    body.push(bytes.subarray(at, at + used));
    return used;
  }

  /** 0 where the line has not come to its end. */
  #readLine(bytes: Buffer, at: number): number {
    const end = bytes.indexOf('\r\n', at);
    if ((end === -1 ? bytes.length : end) - at > LONGEST_LINE) throw new BadMessage('a line is too long');
    if (end === -1) return 0;
    this.#takeLine(bytes.toString('latin1', at, end));
    return end + 2 - at;
  }

  #takeLine(line: string): void {
    if (this.#expects === 'trailers') {
      if (line === '') this.#expects = 'nothing';
      else if (!isHeaderLine(line)) throw new BadMessage('a line is no trailer');
    } else if (this.#expects === 'end of data') {
      if (line !== '') throw new BadMessage('a chunk is longer than it said');
      this.#expects = 'length';
    } else {
      this.#left = chunkLength(line);
      this.#expects = this.#left === 0 ? 'trailers' : 'data';
    }
  }
}

/** A length, and extensions: names with or without a value, which may be quoted. */
const CHUNK =
  /^([\da-f]{1,13})(?:;[!#$%&'*+\-.^`|~\w]+(?:=(?:[!#$%&'*+\-.^`|~\w]+|"(?:[\t\x20!\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"))?)*$/i;

function chunkLength(line: string): number {
  const [, digits] = CHUNK.exec(line) ?? [];
  if (digits === undefined) throw new BadMessage('a chunk has no length');
  return Number.parseInt(digits, 16);
}
