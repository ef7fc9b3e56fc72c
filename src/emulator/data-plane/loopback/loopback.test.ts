import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Peer } from '../../world/network/peer.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { type Loopback, loopback, openLoopback } from './loopback.ts';
import { mapped } from './socket-address.ts';

const closing = closingAfterEach();

/** A server that says who connected, and then what they said. */
function announcing(network: Loopback): Server {
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    const peer = network.peer(socket)?.address;
    socket.end(`${peer ?? 'outsider'}: ${await text(socket)}`);
  });
  closing(() => server.close());
  return server;
}

/** All that a connection brings; its other direction stays open. */
function text(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    socket.on('data', (chunk) => {
      received += String(chunk);
    });
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
  });
}

async function ask(socket: Socket, question: string): Promise<string> {
  socket.end(question);
  return text(socket);
}

async function failure(socket: Socket): Promise<string | undefined> {
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  return error.code;
}

describe.each(['many', 'single'] as const)('loopback of mode %s', (mode) => {
  const to = { address: '10.0.3.4', port: 80 };

  it('tells the acceptor which address of the world connects', async () => {
    const network = loopback(mode);
    await network.listen({ server: announcing(network), at: to });
    const socket = network.connect({ from: { address: '172.16.7.8' }, to, allowHalfOpen: true });
    expect(await ask(socket, 'hello')).toBe('172.16.7.8: hello');
  });

  it('tells a server outside the world too', async () => {
    const network = loopback(mode);
    const server = announcing(network);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as { port: number };
    const socket = network.connectOut(
      { from: { address: '10.0.5.6' }, allowHalfOpen: true },
      { host: '127.0.0.1', port },
    );
    expect(await ask(socket, 'hello')).toBe('10.0.5.6: hello');
  });

  it('takes a client on 127.0.0.1 for an outsider', async () => {
    const network = loopback(mode);
    await network.listen({ server: announcing(network), at: to });
    const socket = connect({ ...network.where(to), localAddress: '127.0.0.1', allowHalfOpen: true } as {
      port: number;
    });
    expect(await ask(socket, 'hello')).toBe('outsider: hello');
  });

  it('refuses where nothing listens, and where nothing listens any more', async () => {
    const network = loopback(mode);
    expect(await failure(network.connect({ from: undefined, to }))).toBe('ECONNREFUSED');
    const server = announcing(network);
    await network.listen({ server, at: to });
    server.close();
    await once(server, 'close');
    expect(network.where(to)).toBeUndefined();
    expect(await failure(network.connect({ from: undefined, to }))).toBe('ECONNREFUSED');
  });

  it('drops what a firewall does not admit', async () => {
    const network = loopback(mode);
    const admits = (peer: Peer | undefined): boolean => peer?.address === '10.0.0.1';
    await network.listen({ server: announcing(network), at: to, admits });
    expect(await failure(network.connect({ from: { address: '10.0.0.2' }, to }))).toBe('ETIMEDOUT');
    const socket = network.connect({ from: { address: '10.0.0.1' }, to, allowHalfOpen: true });
    expect(await ask(socket, 'hello')).toBe('10.0.0.1: hello');
  });

  it('keeps the same address of two worlds apart', async () => {
    const [one, other] = [loopback(mode), loopback(mode)];
    await one.listen({ server: announcing(one), at: to });
    await other.listen({ server: announcing(other), at: to });
    expect(one.where(to)).not.toEqual(other.where(to));
    expect(
      await ask(other.connect({ from: { address: '10.0.0.1' }, to, allowHalfOpen: true }), 'hello'),
    ).toBe('10.0.0.1: hello');
  });
});

it('maps addresses and low ports where every loopback address can be bound', async () => {
  const network = loopback('many');
  // An address that no other run of this test uses at the same time.
  const bytes = `98.${(process.pid >> 8) & 255}.${process.pid & 255}`;
  const at = { address: `10.${bytes}`, port: 81 };
  await network.listen({ server: announcing(network), at });
  expect(network.where(at)).toEqual({ host: `127.${bytes}`, port: 20_081 });
  expect(mapped({ address: '192.168.1.2', port: 8080 })).toEqual({ host: '127.168.1.2', port: 8080 });
});

it('takes a client that bound a loopback address for the address it stands for', async () => {
  const network = loopback('many');
  const at = { address: '10.98.76.55', port: 80 };
  await network.listen({ server: announcing(network), at });
  const socket = connect({ ...network.where(at), localAddress: '127.4.5.6', allowHalfOpen: true } as {
    port: number;
  });
  expect(await ask(socket, 'hello')).toBe('10.4.5.6: hello');
});

it('finds out by itself whether more than 127.0.0.1 can be bound', async () => {
  const { mode } = await openLoopback('auto');
  expect(mode).toBe(process.platform === 'linux' ? 'many' : mode);
  expect((await openLoopback('single')).mode).toBe('single');
});
