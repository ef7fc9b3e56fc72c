/** What a frame is (RFC 6455 section 5.2). */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  isFinal: boolean;
  opcode: number;
  payload: Buffer;
}

/** Why a connection is ended, by its code (RFC 6455 section 7.4.1). */
export class CloseError extends Error {
  override readonly name = 'CloseError';
  readonly code: number;

  constructor(code: number, reason: string) {
    super(reason);
    this.code = code;
  }
}

/** What API Gateway takes as one frame: a longer message comes in several. */
const LARGEST_FRAME = 32 * 1024;

/** Reads a client's frames from its bytes, however they are cut. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);

  /** @throws CloseError for what breaks the protocol, or is too long */
  *read(chunk: Buffer): Generator<Frame> {
    this.#held = Buffer.concat([this.#held, chunk]);
    for (let next = this.#next(); next; next = this.#next()) yield next;
  }

  #next(): Frame | undefined {
    const held = this.#held;
    const [first = 0, second = 0] = held;
    if (held.length < 2) return undefined;
    if (first & 0x70) throw new CloseError(1002, 'reserved bits are set');
    if (!(second & 0x80)) throw new CloseError(1002, 'a frame of a client is not masked');
    const size = readLength(held, second & 0x7f);
    if (!size) return undefined;
    if (size.length > LARGEST_FRAME) throw new CloseError(1009, 'the frame is too long');
    const start = size.end + 4;
    if (held.length < start + size.length) return undefined;
    const payload = unmasked(held.subarray(start, start + size.length), held.subarray(size.end, start));
    this.#held = held.subarray(start + size.length);
    return { isFinal: (first & 0x80) !== 0, opcode: first & 0x0f, payload };
  }
}

/** A whole message in one frame, as a server sends it: unmasked. */
export function writeFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (head.length === 2) head[1] = length;
  else if (head.length === 4) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

/** The payload's length and where it ends; undefined while its bytes are still to come. */
function readLength(held: Buffer, short: number): { length: number; end: number } | undefined {
  if (short < 126) return { length: short, end: 2 };
  if (short === 126) return held.length < 4 ? undefined : { length: held.readUInt16BE(2), end: 4 };
  return held.length < 10 ? undefined : { length: Number(held.readBigUInt64BE(2)), end: 10 };
}

function unmasked(payload: Buffer, mask: Buffer): Buffer {
  return Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
}
