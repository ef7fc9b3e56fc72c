import type { Socket } from 'node:net';
import { ignoreErrors, reset } from './reset.ts';

/**
 * Joins two connections that may be half open: bytes and half-closes pass both ways, at the pace of the slower, and
 * what breaks one resets the other.
 */
export function splice(client: Socket, upstream: Socket): void {
  flow(client, upstream);
  flow(upstream, client);
}

function flow(from: Socket, to: Socket): void {
  ignoreErrors(from);
  from.pipe(to);
  from.once('close', (hadError) => {
    if (hadError || !from.readableEnded || !from.writableFinished) reset(to);
  });
}
