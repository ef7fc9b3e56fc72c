import { EventEmitter, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../../core/listen.ts';
import { connectInMemory } from '../loopback/in-memory.ts';
import { ignoreErrors } from '../loopback/reset.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { received } from '../testing/received.ts';
import type { HttpResponse } from './http-response.ts';
import { type HttpServer, serveHttp } from './http-server.ts';
import { passBody } from './pass-body.ts';
import type { HttpRequest } from './server-connection.ts';

const closing = closingAfterEach();

let handle: (request: HttpRequest, response: HttpResponse) => void;
let handled: string[];

/** A server that answers with the request's body, and a client of it. */
async function open({ idle = 60_000 } = {}): Promise<{ client: Socket; http: HttpServer }> {
  const server = createServer({ allowHalfOpen: true });
  server.on('connection', ignoreErrors);
  const http = serveHttp(server, 'connection', {
    idle,
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    handle(request, response) {
      handled.push(`${request.method} ${request.target}`);
      handle(request, response);
    },
    refusal: (status) => `HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`,
  });
  await listen(server, { host: '127.0.0.1', port: 0 });
  const end = { address: '10.0.0.1', port: 80 };
  const client = connectInMemory(server, { from: end, to: end, allowHalfOpen: true, accepting() {} });
  closing(() => {
    client.destroy();
    server.close();
  });
  return { client, http };
}

/** So many of the event loop that what is on its way in memory has arrived. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => {
  handled = [];
  handle = (request, response) => {
    response.begin(200, undefined, []);
    passBody(request.body, response);
  };
});

const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
const last = 'Connection: close\r\n';
const date = 'Date: Fri, 02 Jan 2026 03:04:05 GMT\r\n';

describe('a connection', () => {
  it('serves requests that come together one after the other, and ends with the last', async () => {
    const { client } = await open();
    client.write(
      `POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello${get('/b', last)}${get('/c')}`,
    );
    expect(await received(client)).toBe(
      [
        `HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n${date}Transfer-Encoding: chunked\r\n\r\n`,
        '5\r\nhello\r\n0\r\n\r\n',
        `HTTP/1.1 200 OK\r\nConnection: close\r\n${date}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ].join(''),
    );
    expect(handled).toEqual(['POST /a', 'GET /b']);
  });

  it('answers all that came before its client ended its side', async () => {
    handle = (_request, response) => {
      setImmediate(() => {
        response.begin(200, undefined, []);
        response.end();
      });
    };
    const { client } = await open();
    client.end(Array.from({ length: 30 }, (_none, index) => get(`/${index}`)).join(''));
    expect((await received(client)).split('200 OK')).toHaveLength(31);
  });

  it('has a body for whoever reads it late, though its client ended its side', async () => {
    handle = (request, response) => {
      void turns().then(() => {
        response.begin(200, undefined, []);
        passBody(request.body, response);
      });
    };
    const { client } = await open();
    client.end('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello');
    expect(await received(client)).toContain('hello');
  });

  it('that is reset serves no request that is still waiting', async () => {
    let response: HttpResponse | undefined;
    handle = (_request, one) => {
      response = one;
    };
    const { client } = await open();
    client.write(get('/') + get('/next'));
    await turns();
    client.resetAndDestroy();
    await turns();
    response?.begin(200, undefined, []);
    response?.end();
    expect(handled).toEqual(['GET /']);
  });

  it('is as if nothing had come after an empty line', async () => {
    const { client, http } = await open();
    client.write(`${get('/')}\r\n`);
    await once(client, 'data');
    http.closeIdle();
    expect(await received(client)).toBe('');
  });

  it('answers a client that has ended its side', async () => {
    const { client } = await open();
    client.end(get('/'));
    expect(await received(client)).toContain('200 OK');
  });

  it('takes what was not read of a body, and goes on', async () => {
    handle = (_request, response) => {
      response.begin(200, undefined, [['Content-Length', '2']]);
      response.end(Buffer.from('ok'));
    };
    const { client } = await open();
    client.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(100_000)}`);
    client.write(get('/next', last));
    expect(await received(client)).toMatch(/^HTTP\/1.1 200 OK[\s\S]*okHTTP\/1.1 200 OK[\s\S]*ok$/);
  });

  it('is closed when it is asked to while nothing has come', async () => {
    const { client, http } = await open();
    client.write(get('/'));
    await once(client, 'data');
    http.closeIdle();
    await once(client, 'end');
  });

  it.each([
    ['nothing of a request', '', ''],
    ['half a head', 'GET / HT', 'HTTP/1.1 408'],
    ['half a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel', 'HTTP/1.1 408'],
  ])('ends where its client is silent after %s', async (_what, bytes, answer) => {
    handle = (request) => request.body.read({ data() {}, end() {}, broken: () => handled.push('broken') });
    const { client } = await open({ idle: 20 });
    client.write(bytes);
    expect((await received(client)).slice(0, 12)).toBe(answer);
    expect(handled.includes('broken')).toBe(bytes.startsWith('POST'));
  });

  it('ends where its client takes nothing of its answer', async () => {
    const gone = new Promise<void>((resolve) => {
      handle = (_request, response) => {
        response.events = { gone: resolve };
        response.begin(200, undefined, []);
        while (response.write(Buffer.alloc(50_000)));
      };
    });
    const { client } = await open({ idle: 20 });
    client.pause();
    client.write(get('/'));
    await gone;
  });

  it('waits for its server as long as that takes', async () => {
    let response: HttpResponse | undefined;
    handle = (_request, one) => {
      response = one;
    };
    const { client } = await open({ idle: 5 });
    client.write(get('/', last));
    client.setTimeout(20);
    await once(client, 'timeout');
    response?.begin(204, undefined, []);
    response?.end();
    expect(await received(client)).toContain('204 No Content');
  });
});

describe('an answer', () => {
  it('to HTTP/1.0 ends with the connection where its length is not told', async () => {
    const { client } = await open();
    client.write('POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi');
    expect(await received(client)).toBe(`HTTP/1.1 200 OK\r\nConnection: close\r\n${date}\r\nhi`);
  });

  it('to HEAD has no body, and the headers of one', async () => {
    handle = (_request, response) => {
      response.begin(200, 'Fine', [
        ['Content-Length', '5'],
        ['Date', 'then'],
      ]);
      response.end(Buffer.from('hello'));
    };
    const { client } = await open();
    client.write(`HEAD / HTTP/1.1\r\nHost: x\r\n${last}\r\n`);
    expect(await received(client)).toBe(
      'HTTP/1.1 200 Fine\r\nContent-Length: 5\r\nDate: then\r\nConnection: close\r\n\r\n',
    );
  });

  it('is no interim one', async () => {
    handle = (_request, response) => {
      expect(() => response.begin(103, undefined, [])).toThrow('not a last one');
      response.begin(500, undefined, [['Content-Length', '0']]);
      response.end();
    };
    const { client } = await open();
    client.write(get('/', last));
    expect(await received(client)).toContain('500 Internal');
  });

  it('that breaks off breaks the connection, and what its client still sends is let go', async () => {
    handle = (_request, response) => {
      response.begin(200, undefined, [['Content-Length', '5']]);
      response.flush();
      response.abort();
      response.end(Buffer.from('hello'));
    };
    const { client } = await open();
    client.write(get('/') + get('/next'));
    expect(await received(client)).not.toContain('hello');
    expect(handled).toEqual(['GET /']);
  });

  it('is told that its client has gone, or that it has caught up', async () => {
    const events = new EventEmitter();
    handle = (_request, response) => {
      response.events = { drained: () => events.emit('drained'), gone: () => events.emit('gone') };
      response.begin(200, undefined, []);
      while (response.write(Buffer.alloc(50_000)));
    };
    const { client } = await open();
    client.write(get('/'));
    client.resume();
    await once(events, 'drained');
    client.resetAndDestroy();
    await once(events, 'gone');
  });

  it('begins with leave to go on, for who asks for that', async () => {
    const { client } = await open();
    client.write('POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n');
    expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\n/);
    client.end('hi');
    expect(await received(client)).toContain('hi');
  });
});

it('an answer that comes too late goes nowhere', async () => {
  let late: HttpResponse | undefined;
  handle = (request, response) => {
    late = response;
    request.body.read({ data() {}, end() {}, broken() {} });
  };
  const { client } = await open();
  client.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n');
  const all = received(client);
  await once(client, 'data');
  late?.begin(200, undefined, [['Content-Length', '4']]);
  late?.end(Buffer.from('late'));
  expect(await all).toBe('HTTP/1.1 400 Refused\r\nConnection: close\r\n\r\n');
});

describe('what is no request', () => {
  it('is refused after the answers to those before', async () => {
    const { client } = await open();
    client.write(`${get('/')}nonsense\r\n\r\n`);
    expect(await received(client)).toMatch(/^HTTP\/1.1 200 OK[\s\S]*HTTP\/1.1 400 Refused/);
  });

  it.each(['', 'Host: x\r\nHost: y\r\n'])('is one without its one host: %j', async (hosts) => {
    const { client } = await open();
    client.write(`GET / HTTP/1.1\r\n${hosts}\r\n`);
    expect(await received(client)).toMatch(/^HTTP\/1.1 400/);
    expect(handled).toEqual([]);
  });

  it('ends a body, and its answer that has begun', async () => {
    const { client } = await open();
    client.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nnonsense\r\n');
    const all = await received(client);
    expect(all).toContain('hi');
    expect(all).not.toContain('400');
  });
});

it('another protocol gets the connection, with what had come of it', async () => {
  handle = ({ socket, upgrade }, response) => {
    const begun = response.takeOver();
    socket.write(`${upgrade}: ${begun}`);
    socket.on('data', (chunk) => socket.end(chunk));
  };
  const { client } = await open();
  client.write(`${get('/', 'Connection: x, Upgrade\r\nUpgrade: echo\r\n')}begun`);
  expect(String((await once(client, 'data'))[0])).toBe('echo: begun');
  client.write('more');
  expect(await received(client)).toBe('more');
});
