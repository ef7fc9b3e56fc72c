import { EventEmitter, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { listen } from '../../core/listen.ts';
import { connectInMemory } from '../loopback/in-memory.ts';
import { ignoreErrors } from '../loopback/reset.ts';
import { closingAfterEach } from '../testing/closing.ts';
import type { ClientConnection } from './client-connection.ts';
import type { ClientExchange, ExchangeEvents } from './client-exchange.ts';
import { type ConnectionPool, type ConnectionPoolOptions, connectionPool } from './connection-pool.ts';
import type { IncomingBody } from './incoming-body.ts';

const closing = closingAfterEach();

/** What the server says to each request, in turn; it says the last again. */
let answers: string[];
/** Requests, by the connection that they came over. */
let asked: string[][];
let ends: Socket[];
let connect: () => Socket;

beforeEach(async () => {
  answers = ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'];
  asked = [];
  ends = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const own: string[] = [];
    asked.push(own);
    ends.push(socket);
    ignoreErrors(socket);
    socket.on('data', (bytes) => {
      own.push(String(bytes));
      socket.write((answers.length > 1 ? answers.shift() : answers[0]) ?? '');
    });
  });
  await listen(server, { host: '127.0.0.1', port: 0 });
  closing(() => server.close());
  const end = { address: '10.0.0.1', port: 80 };
  connect = () => connectInMemory(server, { from: end, to: end, allowHalfOpen: false, accepting() {} });
});

function pooled(options: Partial<ConnectionPoolOptions<string>> = {}): ConnectionPool<string> {
  const pool = connectionPool<string>({ name: (to) => to, connect, idle: 0, ...options });
  closing(() => pool.close());
  return pool;
}

interface Outcome {
  told: string;
  exchange: ClientExchange;
}

/** What comes of a request: the status and the body, or how it fails. */
function ask(
  connection: ClientConnection,
  { body = '', ...events }: Partial<ExchangeEvents> & { body?: string } = {},
) {
  return new Promise<Outcome>((resolve) => {
    const headers = body === '' ? [] : [['Content-Length', String(body.length)] as const];
    const exchange = connection.send(
      { method: body === '' ? 'GET' : 'POST', target: '/', headers },
      {
        response({ status }, answer) {
          let all = `${status} `;
          answer.read({
            data: (chunk) => {
              all += String(chunk);
            },
            end: () => resolve({ told: all, exchange }),
            broken: () => resolve({ told: `${all} broken`, exchange }),
          });
        },
        failed: ({ code = 'no answer' }) => resolve({ told: code, exchange }),
        ...events,
      },
    );
    exchange.write(Buffer.from(body));
    exchange.end();
  });
}

describe('a connection', () => {
  it('is used again, once the answer has come to its end', async () => {
    const pool = pooled();
    expect(await ask(pool.take('a'), { body: 'hello' })).toMatchObject({
      told: '200 ok',
      exchange: { isReused: false },
    });
    expect(await ask(pool.take('a'))).toMatchObject({ told: '200 ok', exchange: { isReused: true } });
    expect(asked).toEqual([['POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello', 'GET / HTTP/1.1\r\n\r\n']]);
  });

  it('is not used for two at a time, for another place, nor where a new one is asked for', async () => {
    const pool = pooled();
    await Promise.all([ask(pool.take('a')), ask(pool.take('a')), ask(pool.take('b')), ask(pool.once('a'))]);
    expect(asked).toHaveLength(4);
    await ask(pool.take('a'));
    expect(asked).toHaveLength(4);
  });

  it.each([
    [
      'its server says that it is the last time',
      'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok',
    ],
    ['its server speaks HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
    ['the beginning of more comes with it', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP'],
    [
      'its server says that it will close it at once',
      'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok',
    ],
    [
      'more comes than was asked for',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n',
    ],
  ])('is not used again where %s', async (_why, answer) => {
    answers = [answer];
    const pool = pooled();
    expect((await ask(pool.take('a'))).told).toBe('200 ok');
    expect((await ask(pool.take('a'))).told).toBe('200 ok');
    expect(asked).toHaveLength(2);
  });

  it('is not used again once its server has ended it', async () => {
    const pool = pooled();
    const first = pool.take('a');
    await ask(first);
    ends[0]?.end();
    await once(ends[0] as Socket, 'close');
    expect(pool.take('a')).not.toBe(first);
  });

  it('is closed once it has been unused for so long by the clock', async () => {
    const clock = steppedClock();
    const pool = pooled({ kept: { clock, milliseconds: 1_000 } });
    const [one, other] = [pool.take('a'), pool.take('a')];
    await ask(one);
    await clock.advance(600);
    await ask(other);
    await clock.advance(600);
    expect([one.isFree, other.isFree]).toEqual([false, true]);
    await clock.advance(600);
    expect(other.isFree).toBe(false);
  });

  it('is closed where what is to be sent cannot be, and nobody else gets it', () => {
    const connection = pooled().take('a');
    const request = { method: 'GET', target: 'a b', headers: [] };
    expect(() => connection.send(request, { response() {}, failed() {} })).toThrow('cannot be asked for');
    expect(connection.isFree).toBe(false);
  });

  it('is waited for no longer than its limit, when its reader has caught up', async () => {
    answers = ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart'];
    const events = new EventEmitter();
    let body: IncomingBody | undefined;
    void ask(pooled({ idle: 20 }).take('a'), {
      response(_head, one) {
        body = one;
        one.read({ data: () => one.pause(), end() {}, broken: () => events.emit('broken') });
        events.emit('begun');
      },
    });
    await once(events, 'begun');
    const socket = ends[0] as Socket;
    socket.setTimeout(50);
    await once(socket, 'timeout');
    body?.resume();
    await once(events, 'broken');
  });

  it('is closed by its pool, in use or not', async () => {
    const pool = pooled();
    answers = [''];
    const outcome = ask(pool.take('a'));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    pool.close();
    expect((await outcome).told).toBe('no answer');
    expect(pool.take('a').isFree).toBe(false);
  });
});

describe('an answer', () => {
  it.each([
    [
      'after others that only keep it company',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n',
      '201 ',
    ],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n', '200 ok'],
    ['that is none', 'nonsense\r\n\r\n', 'no answer'],
    ['to a protocol that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'no answer'],
  ])('comes %s', async (_how, answer, told) => {
    answers = [answer];
    expect((await ask(pooled().take('a'))).told).toBe(told);
  });

  it.each([
    ['for as long as the connection lasts', 'HTTP/1.1 200 OK\r\n\r\nall', '200 all'],
    ['in part', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nall', '200 all broken'],
    ['not at all', '', 'no answer'],
  ])('comes %s where its server ends the connection', async (_how, answer, told) => {
    answers = [answer];
    const outcome = ask(pooled().take('a'));
    await new Promise<void>((resolve) => {
      const look = (): void => void (asked[0]?.length ? resolve() : setImmediate(look));
      look();
    });
    ends[0]?.end();
    expect((await outcome).told).toBe(told);
  });

  it('breaks off with a reset, though its length was not told', async () => {
    answers = ['HTTP/1.1 200 OK\r\n\r\npart'];
    let body: IncomingBody | undefined;
    const begun = new Promise<void>((resolve) => {
      void ask(pooled().take('a'), {
        response(_head, one) {
          body = one;
          resolve();
        },
      });
    });
    await begun;
    const broken = new Promise<void>((resolve) => body?.read({ data() {}, end() {}, broken: resolve }));
    ends[0]?.resetAndDestroy();
    await broken;
  });

  it('is waited for as long as the connection may be silent', async () => {
    answers = [''];
    expect((await ask(pooled({ idle: 20 }).take('a'))).told).toBe('ETIMEDOUT');
  });

  it('may come before the request is whole; the connection is given up then', async () => {
    const pool = pooled();
    const connection = pool.take('a');
    const events = new EventEmitter();
    const end = (): unknown => events.emit('end');
    const exchange = connection.send(
      { method: 'POST', target: '/', headers: [['Content-Length', '5']] },
      { response: (_head, body) => body.read({ data() {}, end, broken() {} }), failed() {} },
    );
    exchange.write(Buffer.from('he'));
    await once(events, 'end');
    expect(connection.isFree).toBe(false);
    expect(exchange.write(Buffer.from('llo'))).toBe(true);
  });

  it('nobody waits for ends the connection, and nobody is told', async () => {
    answers = [''];
    const told: string[] = [];
    const connection = pooled().take('a');
    const exchange = connection.send(
      { method: 'GET', target: '/', headers: [] },
      { response: () => told.push('response'), failed: () => told.push('failed') },
    );
    exchange.end();
    exchange.abort();
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(told).toEqual([]);
    expect(connection.isFree).toBe(false);
  });

  it('hands the connection over to the protocol that was asked for', async () => {
    answers = ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\n\r\nhello', 'again'];
    const [status, socket, rest] = await new Promise<[number, Socket, string]>((resolve) => {
      void ask(pooled().take('a'), {
        upgraded: (head, own, begun) => resolve([head.status, own, String(begun)]),
      });
    });
    expect([status, rest]).toEqual([101, 'hello']);
    socket.write('more');
    expect(String((await once(socket, 'data'))[0])).toBe('again');
    socket.destroy();
  });
});
