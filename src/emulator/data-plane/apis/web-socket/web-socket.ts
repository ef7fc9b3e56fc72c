import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { CloseError, type Frame, FrameReader, opcodes, writeFrame } from './frames.ts';

/** What API Gateway takes and sends as one message. */
export const LARGEST_MESSAGE: number = 128 * 1024;

/** What the server's half of the opening handshake proves that it has read (RFC 6455 section 1.3). */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface WebSocketEvents {
  message(text: string): void;
  /** Anything that the client sends. */
  activity(): void;
  /** Called once, whoever ended it. */
  closed(code: number, reason: string): void;
}

/** The server's end of a WebSocket. */
export interface WebSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

export function acceptKey(key: string): string {
  return createHash('sha1')
    .update(key + GUID)
    .digest('base64');
}

/** Speaks WebSocket over a socket whose handshake is done. Messages are text: API Gateway takes no binary ones. */
export function webSocketOver(socket: Socket, head: Buffer, events: WebSocketEvents): WebSocket {
  const reader = new FrameReader();
  let parts: Buffer[] | undefined;
  let isClosed = false;

  function end(code: number, reason: string): void {
    if (isClosed) return;
    isClosed = true;
    events.closed(code, reason);
  }

  function close(code: number, reason: string): void {
    const status = Buffer.alloc(2);
    status.writeUInt16BE(code);
    if (!isClosed) socket.end(writeFrame(opcodes.close, Buffer.concat([status, Buffer.from(reason)])));
    end(code, reason);
  }

  function take(frame: Frame): void {
    events.activity();
    if (frame.opcode === opcodes.ping) socket.write(writeFrame(opcodes.pong, frame.payload));
    else if (frame.opcode === opcodes.close) answerClose(frame.payload);
    else if (frame.opcode !== opcodes.pong) takePart(frame);
  }

  function answerClose(payload: Buffer): void {
    if (!isClosed) socket.end(writeFrame(opcodes.close, payload.subarray(0, 2)));
    end(payload.length < 2 ? 1005 : payload.readUInt16BE(0), payload.subarray(2).toString());
  }

  function takePart({ opcode, isFinal, payload }: Frame): void {
    if (opcode === opcodes.binary) throw new CloseError(1003, 'binary messages are not supported');
    const isFirst = opcode === opcodes.text;
    if (!isFirst && opcode !== opcodes.continuation) throw new CloseError(1002, `unknown opcode ${opcode}`);
    if (isFirst === (parts !== undefined)) throw new CloseError(1002, 'a message begins within another');
    const held = [...(parts ?? []), payload];
    parts = isFinal ? undefined : held;
    if (held.reduce((length, part) => length + part.length, 0) > LARGEST_MESSAGE) {
      throw new CloseError(1009, 'the message is too long');
    }
    if (isFinal) events.message(readText(Buffer.concat(held)));
  }

  function read(chunk: Buffer): void {
    if (isClosed) return;
    try {
      for (const frame of reader.read(chunk)) take(frame);
    } catch (error) {
      if (!(error instanceof CloseError)) throw error;
      close(error.code, error.message);
    }
  }

  socket.setTimeout(0);
  socket.setNoDelay(true);
  socket.on('data', read);
  socket.on('error', () => end(1006, ''));
  socket.on('close', () => end(1006, ''));
  socket.on('end', () => socket.end());
  if (head.length > 0) read(head);
  if (socket.destroyed) end(1006, '');
  else if (socket.readableEnded) socket.end();
  return {
    send(text) {
      if (!isClosed) socket.write(writeFrame(opcodes.text, Buffer.from(text)));
    },
    close,
  };
}

function readText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CloseError(1007, 'the message is not UTF-8');
  }
}
