import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { addressFamily } from '../../engine/address.ts';
import { firstFramed, framed } from './framing.ts';

export type Transport = 'udp' | 'tcp';

export interface Server {
  address: string;
  port: number;
}

export interface Exchanged {
  message: Buffer;
  server: Server;
  transport: Transport;
  /** In milliseconds. */
  timeLimit: number;
  /** Whether a message that arrives answers this one: over UDP anybody may send. */
  answers(reply: Buffer): boolean;
}

/** Sends a DNS message to a server; rejects where no answer comes, with `code` `ETIMEOUT` where none came in time. */
export type Exchange = (exchanged: Exchanged) => Promise<Buffer>;

/** Over the network. Each exchange has a socket of its own, so that its port cannot be guessed from the last. */
export const exchangeOverNetwork: Exchange = (exchanged) =>
  exchanged.transport === 'udp' ? overUdp(exchanged) : overTcp(exchanged);

function overUdp({ message, server, timeLimit, answers }: Exchanged): Promise<Buffer> {
  const socket = createSocket(addressFamily(server.address) === 'ipv6' ? 'udp6' : 'udp4');
  const answer = new Promise<Buffer>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (reply) => {
      if (answers(reply)) resolve(reply);
    });
    // A connected socket hears that nobody listens, and hears nobody else.
    socket.connect(server.port, server.address, () => socket.send(message));
  });
  return within(timeLimit, answer).finally(() => socket.close());
}

function overTcp({ message, server, timeLimit, answers }: Exchanged): Promise<Buffer> {
  const socket = connect({ host: server.address, port: server.port, noDelay: true });
  const answer = new Promise<Buffer>((resolve, reject) => {
    let received = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('end', () => reject(new Error('the connection was closed without an answer')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const reply = firstFramed(received);
      if (reply === undefined) return;
      if (answers(reply)) resolve(reply);
      else reject(new Error('the answer was one to another question'));
    });
    socket.write(framed(message));
  });
  return within(timeLimit, answer).finally(() => socket.destroy());
}

async function within<T>(timeLimit: number, awaited: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error(`no answer within ${timeLimit} ms`), { code: 'ETIMEOUT' });
    timer = setTimeout(() => reject(error), timeLimit);
  });
  try {
    return await Promise.race([awaited, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
