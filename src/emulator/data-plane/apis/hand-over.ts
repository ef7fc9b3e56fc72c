import type { Server } from 'node:http';
import type { Upgrade } from './web-socket/serve.ts';

/**
 * Gives the connection of a request that asks to change protocols to a server that does not listen to that, and answers
 * the request as it answers any. Its head has been read already, so it is put back in front of what is to come.
 */
export function handOver({ message, socket, head }: Upgrade, server: Server): void {
  const { method, url, httpVersion, rawHeaders } = message;
  const lines = rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`));
  const read = `${method} ${url} HTTP/${httpVersion}\r\n${lines.join('')}\r\n`;
  socket.unshift(Buffer.concat([Buffer.from(read, 'latin1'), head]));
  server.emit('connection', socket);
}
