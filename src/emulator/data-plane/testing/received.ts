import { once } from 'node:events';
import type { Socket } from 'node:net';

/** All that comes until the peer is done; rejects where the connection breaks. */
export async function received(socket: Socket): Promise<string> {
  let all = '';
  socket.on('data', (chunk) => {
    all += String(chunk);
  });
  await once(socket, 'end');
  return all;
}
