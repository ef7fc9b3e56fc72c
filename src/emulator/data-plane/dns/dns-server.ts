import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { ListenError, listen } from '../../core/listen.ts';
import { openConnections } from '../loopback/connections.ts';
import type { Place } from '../loopback/socket-address.ts';
import { type Lookup, reply } from './reply.ts';

export interface DnsServer {
  port: number;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** A port that the system chose for TCP may be another program's over UDP: how often to have it choose again. */
const CHOICES = 10;

/**
 * Answers over UDP and TCP, on one port; 0 lets the system choose it.
 *
 * @throws Error if the port is in use
 */
export async function startDnsServer(port: number, lookup: Lookup): Promise<DnsServer> {
  for (let choice = 1; ; choice++) {
    try {
      return await open(port, lookup);
    } catch (error) {
      if (port !== 0 || choice === CHOICES) throw error;
    }
  }
}

async function open(wanted: number, lookup: Lookup): Promise<DnsServer> {
  const server = createServer((socket) => answerStream(socket, lookup));
  const connections = openConnections(server);
  const port = await listen(server, { host: HOST, port: wanted });
  const datagrams = createSocket('udp4');
  try {
    await bind(datagrams, { host: HOST, port });
  } catch (error) {
    server.close();
    throw error;
  }
  datagrams.on('message', (message, from) => {
    const answer = reply(message, lookup, 'udp');
    if (answer) datagrams.send(answer, from.port, from.address);
  });
  return {
    port,
    async close() {
      for (const connection of connections) connection.destroy();
      await Promise.all([closed(server), closed(datagrams)]);
    },
  };
}

/** Over TCP each message follows its length, in two bytes. */
function answerStream(socket: Socket, lookup: Lookup): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk as Buffer]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      const answer = reply(received.subarray(2, end), lookup, 'tcp');
      if (answer) socket.write(framed(answer));
      received = received.subarray(end);
    }
  });
}

function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

function bind(socket: DatagramSocket, { host, port }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(new ListenError({ host, port }, error));
    });
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.removeAllListeners('error');
      resolve();
    });
  });
}

function closed(server: { close(done: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
