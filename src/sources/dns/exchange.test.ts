import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Exchanged, exchangeOverNetwork, type Transport } from './exchange.ts';
import { framed } from './framing.ts';

const message = Buffer.from('question');
const answer = Buffer.from('answer');
const closings: (() => void)[] = [];

afterEach(() => {
  for (const close of closings.splice(0)) close();
});

/** A server that sends these in turn to whoever asks. */
async function udpServer(...replies: Buffer[]): Promise<number> {
  const server = createSocket('udp4');
  server.on('message', (_message, peer) => {
    for (const reply of replies) server.send(reply, peer.port, peer.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(() => server.close());
  return server.address().port;
}

async function tcpServer(serve: (socket: Socket, received: Buffer) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (received) => serve(socket, received));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

function exchange(port: number, transport: Transport, other: Partial<Exchanged> = {}): Promise<Buffer> {
  const server = { address: '127.0.0.1', port };
  return exchangeOverNetwork({
    message,
    server,
    transport,
    timeLimit: 10_000,
    answers: (reply) => reply.equals(answer),
    ...other,
  });
}

describe('over udp', () => {
  it('gives the answer, and passes over what answers something else', async () => {
    expect(await exchange(await udpServer(Buffer.from('forged'), answer), 'udp')).toEqual(answer);
  });

  it('says that nothing came in time', async () => {
    const silent = exchange(await udpServer(), 'udp', { timeLimit: 20 });
    await expect(silent).rejects.toMatchObject({ code: 'ETIMEOUT', message: 'no answer within 20 ms' });
  });

  it('hears that nobody listens', async () => {
    const port = await udpServer();
    closings.splice(0)[0]?.();
    await expect(exchange(port, 'udp')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('over tcp', () => {
  it('sends the length first, and puts an answer together from its pieces', async () => {
    const port = await tcpServer((socket, received) => {
      expect(received).toEqual(framed(message));
      const whole = framed(answer);
      socket.write(whole.subarray(0, 1));
      socket.write(whole.subarray(1, 4), () => socket.write(whole.subarray(4)));
    });
    expect(await exchange(port, 'tcp')).toEqual(answer);
  });

  it('hangs up once it has its answer', async () => {
    let closed: Promise<unknown> | undefined;
    const port = await tcpServer((socket) => {
      closed = once(socket, 'close');
      socket.write(framed(answer));
    });
    await exchange(port, 'tcp');
    await closed;
  });

  it('hears that nobody listens', async () => {
    const port = await tcpServer(() => {});
    closings.splice(0)[0]?.();
    await expect(exchange(port, 'tcp')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    ['the server hangs up', (socket: Socket) => socket.end(), 'closed without an answer'],
    [
      'the server answers something else',
      (socket: Socket) => socket.write(framed(Buffer.from('x'))),
      'another question',
    ],
  ])('fails where %s', async (_name, serve, want) => {
    await expect(exchange(await tcpServer(serve), 'tcp')).rejects.toThrow(want);
  });

  it('says that nothing came in time', async () => {
    const silent = exchange(await tcpServer(() => {}), 'tcp', { timeLimit: 20 });
    await expect(silent).rejects.toMatchObject({ code: 'ETIMEOUT' });
  });
});
