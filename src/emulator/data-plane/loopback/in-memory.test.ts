import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../../core/listen.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { received } from '../testing/received.ts';
import { send } from '../testing/requests.ts';
import { connectInMemory, failing } from './in-memory.ts';

const closing = closingAfterEach();
const to = { address: '10.0.0.1', port: 80 };
const from = { address: '10.0.0.2', port: 50_000 };

let server: Server;
let accepted: Promise<Socket>;

async function listening<T extends Server>(one: T): Promise<T> {
  await listen(one, { host: '127.0.0.1', port: 0 });
  closing(() => one.close());
  return one;
}

beforeEach(async () => {
  server = await listening(createServer({ allowHalfOpen: true }));
  accepted = once(server, 'connection').then(([socket]) => socket as Socket);
});

function client({ allowHalfOpen = false, accepting = (_end: Socket): unknown => undefined } = {}): Socket {
  return connectInMemory(server, { from, to, allowHalfOpen, accepting });
}

describe('a connection within the process', () => {
  it('is announced, has the names of its ends, and takes bytes before it is there', async () => {
    const announced: Socket[] = [];
    const socket = client({ accepting: (end) => announced.push(end) });
    socket.write('early');
    expect(socket.connecting).toBe(true);
    await once(socket, 'connect');
    const end = await accepted;
    expect(announced).toEqual([end]);
    expect([socket.connecting, socket.localPort, socket.remoteAddress]).toEqual([false, 50_000, '10.0.0.1']);
    expect([end.localAddress, end.remoteAddress, end.remotePort]).toEqual(['10.0.0.1', '10.0.0.2', 50_000]);
    expect(String((await once(end, 'data'))[0])).toBe('early');
    expect([socket.bytesWritten, end.bytesRead]).toEqual([5, 5]);
  });

  it('passes a half-close, and answers after it', async () => {
    const socket = client({ allowHalfOpen: true });
    socket.end('asked');
    const end = await accepted;
    expect(await received(end)).toBe('asked');
    end.end('answered');
    expect(await received(socket)).toBe('answered');
  });

  it('ends both ways where the client leaves nothing half open', async () => {
    const socket = client();
    const end = await accepted;
    end.end('answered');
    expect(await received(socket)).toBe('answered');
    end.resume();
    await once(end, 'end');
  });

  it('is no faster than its reader', async () => {
    const socket = client();
    const end = await accepted;
    end.pause();
    const chunk = Buffer.alloc(16_384, 'x');
    let sent = 0;
    while (socket.write(chunk)) sent += chunk.length;
    expect(sent).toBeLessThan(1_000_000);
    const drained = once(socket, 'drain');
    end.resume();
    await drained;
    socket.end();
    await once(end, 'end');
    expect(end.bytesRead).toBe(sent + chunk.length);
  });

  it('hands on what was written before it was destroyed, and then its end', async () => {
    const socket = client();
    const end = await accepted;
    const whole = received(end);
    for (const word of ['last', ' ', 'words']) socket.write(word);
    socket.destroy(new Error('for a reason that is nobody else’s'));
    socket.on('error', () => {});
    expect(await whole).toBe('last words');
  });

  it('is reset by either end', async () => {
    for (const which of ['client', 'server']) {
      accepted = once(server, 'connection').then(([socket]) => socket as Socket);
      const socket = client();
      const end = await accepted;
      const [one, other] = which === 'client' ? [socket, end] : [end, socket];
      const failed = once(other, 'data');
      one.resetAndDestroy();
      await expect(failed).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect(other.destroyed).toBe(true);
    }
  });

  it('fails who writes to an end that is no more', async () => {
    const socket = client({ allowHalfOpen: true });
    const end = await accepted;
    end.destroy();
    socket.resume();
    await once(socket, 'end');
    socket.write('anybody?');
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(socket.destroyed).toBe(false);
    socket.write('nobody.');
    await expect(once(socket, 'close')).rejects.toMatchObject({ code: 'EPIPE' });
  });

  it('brings an answer to who wrote more than was read before it', async () => {
    const socket = client();
    const end = await accepted;
    end.once('data', () => {
      end.write('answer');
      end.destroy();
    });
    for (const word of ['one', 'two', 'three']) socket.write(word);
    expect(await received(socket)).toBe('answer');
  });

  it('lets go of what waits for room where its reader goes', async () => {
    const socket = client();
    const end = await accepted;
    end.pause();
    socket.on('error', () => {});
    socket.write(Buffer.alloc(1_000_000));
    const isTaken = new Promise((resolve) => socket.write(Buffer.alloc(1_000_000), resolve));
    socket.end();
    const isClosed = new Promise((resolve) => socket.once('close', resolve));
    end.destroy();
    await Promise.all([isTaken, isClosed]);
  });

  it('tells when nothing has moved for a while', async () => {
    const socket = client();
    await once(socket, 'connect');
    socket.setTimeout(1);
    await once(socket, 'timeout');
    socket.destroy();
  });

  it('is refused by a server that closes first, and by one that does not listen', async () => {
    const socket = client();
    server.close();
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('carries HTTP of others', async () => {
    server = await listening(createHttpServer((request, response) => request.pipe(response)));
    const answer = await send(
      { host: 'x', port: 80 },
      { method: 'POST', body: 'hello', agent: undefined, createConnection: () => client() },
    );
    expect(answer).toMatchObject({ status: 200, body: 'hello' });
  });
});

it('a connection that comes to nothing takes what is written, and fails with its reason alone', async () => {
  const socket = failing('ETIMEDOUT', '10.0.0.1:80');
  socket.write('hello');
  await expect(once(socket, 'connect')).rejects.toThrow('connect ETIMEDOUT 10.0.0.1:80');
});
