import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Agent, get, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { Pool } from 'undici';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { type LoadPath, openLoadPath } from './load-path.ts';

const MEGABYTE = 1024 * 1024;
const total = 100 * MEGABYTE;
const chunk = Buffer.alloc(64 * 1024, 'albridge');

let path: LoadPath;
const opened: (() => unknown)[] = [];

beforeAll(async () => {
  path = await openLoadPath();
});
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});
afterAll(() => path?.close());

function dial(): Socket {
  const socket = connect({ ...path.place, allowHalfOpen: true });
  opened.push(() => socket.destroy());
  return socket;
}

function signal<T>(): { promise: Promise<T>; give: (value: T) => void } {
  let give: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { promise, give };
}

async function text(stream: AsyncIterable<unknown>): Promise<string> {
  let all = '';
  for await (const part of stream) all += String(part);
  return all;
}

/** Until a count stands still for so many turns of the event loop that whoever moves it must be waiting. */
async function standstill(count: () => number): Promise<number> {
  let before = -1;
  for (let still = 0; still < 1_000; still++) {
    if (count() !== before) still = 0;
    before = count();
    await turn();
  }
  return before;
}

/** Writes 100 MB, waiting where it is asked to; tells how much it has got rid of so far. */
function pour(stream: NodeJS.WritableStream): () => number {
  let written = 0;
  const more = (): void => {
    while (written < total) {
      written += chunk.length;
      if (!stream.write(chunk)) return void stream.once('drain', more);
    }
    stream.end();
  };
  more();
  return () => written;
}

async function measure(stream: AsyncIterable<Buffer>): Promise<{ bytes: number; digest: string }> {
  const hash = createHash('sha1');
  let bytes = 0;
  for await (const part of stream) {
    bytes += part.length;
    hash.update(part);
  }
  return { bytes, digest: hash.digest('hex') };
}

const whole = (() => {
  const hash = createHash('sha1');
  for (let at = 0; at < total; at += chunk.length) hash.update(chunk);
  return { bytes: total, digest: hash.digest('hex') };
})();

it('uses a kept connection again, all the way to the application', async () => {
  const sockets = new Set<Socket>();
  path.handle((request, response) => {
    sockets.add(request.socket);
    response.end('ok');
  });
  const pool = new Pool(`http://${path.place.host}:${path.place.port}`, { connections: 1 });
  opened.push(() => pool.destroy());
  for (let sent = 0; sent < 200; sent++) {
    const { body } = await pool.request({ method: 'GET', path: '/' });
    expect(await body.text()).toBe('ok');
  }
  expect(sockets.size).toBe(1);
});

it('passes chunks both ways as they come', async () => {
  path.handle((request, response) => {
    response.flushHeaders();
    request.on('data', (part: Buffer) => response.write(String(part).toUpperCase()));
    request.on('end', () => response.end('.'));
  });
  const request = httpRequest({ ...path.place, method: 'POST', agent: new Agent() });
  request.flushHeaders();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect([response.headers['transfer-encoding'], response.headers['content-length']]).toEqual([
    'chunked',
    undefined,
  ]);
  for (const word of ['one ', 'two ', 'three ']) {
    request.write(word);
    expect(String((await once(response, 'data'))[0])).toBe(word.toUpperCase());
  }
  request.end();
  expect(await text(response)).toBe('.');
});

it('takes 100 MB up, no faster than they are read', async () => {
  const begin = signal<IncomingMessage>();
  const result = signal<{ bytes: number; digest: string }>();
  path.handle((request, response) => {
    begin.give(request);
    result.promise.then(() => response.end());
  });
  const request = httpRequest({ ...path.place, method: 'PUT', agent: new Agent() });
  const poured = pour(request);
  const unread = await begin.promise;
  expect(await standstill(poured)).toBeLessThan(total);
  result.give(await measure(unread));
  await once(request, 'response');
  expect(await result.promise).toEqual(whole);
});

it('sends 100 MB down, no faster than they are read', async () => {
  let poured = (): number => 0;
  path.handle((_request, response) => {
    poured = pour(response);
  });
  const request = get({ ...path.place, agent: new Agent() });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(await standstill(() => poured())).toBeLessThan(total);
  expect(await measure(response)).toEqual(whole);
});

it('carries WebSockets', async () => {
  const server = new WebSocketServer({ noServer: true });
  const upgrade = (request: IncomingMessage, socket: Socket, head: Buffer): void =>
    server.handleUpgrade(request, socket, head, (peer) =>
      peer.on('message', (data, isBinary) => peer.send(data, { binary: isBinary })),
    );
  path.app.on('upgrade', upgrade as never);
  opened.push(() => path.app.off('upgrade', upgrade as never));
  const socket = new WebSocket(`ws://${path.place.host}:${path.place.port}/chat`, 'echo');
  opened.push(() => socket.terminate());
  await once(socket, 'open');
  socket.send('hello');
  expect(String((await once(socket, 'message'))[0])).toBe('hello');
  const large = Buffer.alloc(MEGABYTE, 'x');
  socket.send(large);
  const [echo] = (await once(socket, 'message')) as [Buffer];
  expect(echo.equals(large)).toBe(true);
  socket.ping('are you there');
  expect(String((await once(socket, 'pong'))[0])).toBe('are you there');
  const [peer] = [...server.clients];
  const gone = once(peer as WebSocket, 'close');
  socket.close(4001, 'enough');
  const [code, reason] = (await gone) as [number, Buffer];
  expect([code, String(reason)]).toEqual([4001, 'enough']);
});

it('serves 2,000 connections at once', async () => {
  const held: (() => void)[] = [];
  path.handle((_request, response) => {
    held.push(() => response.end('served'));
    if (held.length === 2_000) for (const answer of held) answer();
  });
  const agent = new Agent({ keepAlive: false });
  const ask = async (): Promise<string> => {
    const [response] = await once(get({ ...path.place, agent }), 'response');
    return text(response as IncomingMessage);
  };
  const answers = await Promise.all(Array.from({ length: 2_000 }, ask));
  expect(answers.filter((answer) => answer === 'served')).toHaveLength(2_000);
});

it('waits for clients that send a byte at a time, and serves others meanwhile', async () => {
  path.handle(async (request, response) => response.end(`got ${await text(request)}`));
  const slow = dial();
  const answered = once(slow, 'data');
  const message = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello there';
  for (const letter of message.slice(0, -1)) {
    slow.write(letter);
    await turn();
  }
  const quick = dial();
  quick.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(String((await once(quick, 'data'))[0])).toContain('got ');
  slow.write(message.slice(-1));
  expect(String((await answered)[0])).toContain('got hello there');
});

it('answers a client that has said all and closed its side', async () => {
  const arrived = signal<() => void>();
  path.handle((request, response) => {
    if (request.url === '/late') arrived.give(() => response.end('late'));
    else response.end();
  });
  const socket = dial();
  socket.end('GET /late HTTP/1.1\r\nHost: x\r\n\r\n');
  const answer = await arrived.promise;
  // By the time that another has been all the way, every hop has seen this one close its side.
  const [other] = await once(get({ ...path.place, agent: new Agent() }), 'response');
  await text(other as IncomingMessage);
  answer();
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*late/s);
});
