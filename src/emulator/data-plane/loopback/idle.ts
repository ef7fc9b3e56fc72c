import type { Socket } from 'node:net';

/** How often in the time given the bytes are looked at: it is found to be over so much later at most. */
const LOOKS = 4;

/**
 * Breaks in on a connection that has been without a byte for so long, whoever else watches it: a socket has one time-out
 * of its own, which belongs to its holder.
 */
export function whenIdle(socket: Socket, milliseconds: number, then: () => void): void {
  let seen = 0;
  let looks = 0;
  const timer = setInterval(() => {
    const bytes = socket.bytesRead + socket.bytesWritten;
    looks = bytes === seen ? looks + 1 : 0;
    seen = bytes;
    if (looks === LOOKS) then();
  }, milliseconds / LOOKS).unref();
  socket.once('close', () => clearInterval(timer));
}
