import { once } from 'node:events';
import { createServer, METHODS, type Server } from 'node:http';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../core/listen.ts';
import { connectInMemory } from '../loopback/in-memory.ts';
import { persists, requestFraming } from './framing.ts';
import { type RequestHead, readRequestHead } from './head.ts';
import { MessageReader } from './message-reader.ts';

/** A request as somebody has read it; no body where that broke off, as with Node.js where what comes next is wrong. */
interface Read {
  method: string;
  target: string;
  headers: readonly string[];
  body?: string;
}

/**
 * What goes wrong where two readers differ: bytes that end, separate, or are seldom seen. No tabs, which Node.js does not
 * take after a length.
 */
const treacherous = ['\r', '\n', '\r\n', ' ', ':', ',', ';', '0', 'f', '\0', '\x7f', '\x80', ''];

const names = fc.constantFrom(
  'Accept',
  'x-tag',
  'X-Tag',
  'connection',
  'Transfer-encoding',
  'content-Length',
);
const values = fc.oneof(
  fc.constantFrom('chunked', '0', '3', 'keep-alive', 'a, b', ' padded\t', '', 'caf\xe9'),
  fc.string({ maxLength: 8 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
);
const chunked = fc
  .array(fc.tuple(fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom('', ';x', ';x=y', ';x="y"')))
  .map((chunks) =>
    chunks.map(([text, more]) => `${Buffer.byteLength(text).toString(16)}${more}\r\n${text}\r\n`),
  )
  .map((chunks) => ['Transfer-Encoding: chunked\r\n', `${chunks.join('')}0\r\n\r\n`] as const);
const measured = fc
  .string({ maxLength: 40 })
  .map((text) => [`Content-Length: ${Buffer.byteLength(text)}\r\n`, text] as const);
const requests = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'DELETE'),
    fc.constantFrom('/', '/a?b=c', '*', 'http://x/y', '/%00'),
    fc
      .array(fc.tuple(names, values), { maxLength: 3 })
      .map((pairs) => pairs.filter(([name]) => !/^[tc]/i.test(name))),
    fc.oneof(chunked, measured, fc.constant(['', ''] as const)),
  )
  .map(([method, target, pairs, [framing, body]]) => {
    const lines = pairs.map(([name, value]) => `${name}:${value}\r\n`).join('');
    return `${method} ${target} HTTP/1.1\r\n${lines}${framing}\r\n${body}`;
  });
const edits = fc.array(fc.tuple(fc.nat(), fc.boolean(), fc.constantFrom(...treacherous)), { maxLength: 3 });

/** Requests one after the other, some of their bytes replaced, or others put between them. */
const streams = fc.tuple(fc.array(requests, { minLength: 1, maxLength: 3 }), edits).map(([all, changes]) => {
  let text = all.join('');
  for (const [where, isReplaced, by] of changes) {
    const at = where % text.length;
    text = text.slice(0, at) + by + text.slice(isReplaced ? at + 1 : at);
  }
  return Buffer.from(text, 'utf8');
});

let server: Server;
let heard: Read[];

beforeAll(async () => {
  server = createServer({ requireHostHeader: false, keepAliveTimeout: 0 }, (request, response) => {
    const { method = '', url: target = '', rawHeaders: headers } = request;
    const read: Read = { method, target, headers };
    heard.push(read);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      read.body = Buffer.concat(chunks).toString('latin1');
      response.end();
    });
  });
  await listen(server, { host: '127.0.0.1', port: 0 });
  return () => void server.close();
});

async function readByNode(bytes: Buffer): Promise<Read[]> {
  heard = [];
  const end = { address: '10.0.0.1', port: 80 };
  const client = connectInMemory(server, { from: end, to: end, allowHalfOpen: true, accepting() {} });
  client.on('error', () => {});
  client.resume();
  client.end(bytes);
  if (!client.closed) await once(client, 'close').catch(() => {});
  return heard;
}

function readHere(bytes: Buffer): { whole: Read[]; isRefused: boolean } {
  const whole: Read[] = [];
  let isRefused = false;
  const reader: MessageReader<RequestHead> = new MessageReader(
    { pause() {}, resume() {}, unshift() {} },
    {
      head: readRequestHead,
      framing: requestFraming,
      message(head, body) {
        const { method, target, headers } = head;
        const chunks: Buffer[] = [];
        body.read({
          data: (chunk) => chunks.push(chunk),
          end() {
            const body = Buffer.concat(chunks).toString('latin1');
            whole.push({ method, target, headers: headers.flat(), body });
            if (!persists(head)) reader.stop();
          },
          broken() {},
        });
      },
      ended: () => reader.next(),
      refused() {
        isRefused = true;
      },
    },
  );
  reader.feed(bytes);
  reader.end();
  return { whole, isRefused };
}

describe('requests', () => {
  it('that are taken are those that Node.js reads from the same bytes; of the rest more may be refused', async () => {
    let taken = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(streams, async (bytes) => {
        const here = readHere(bytes);
        const others = await readByNode(bytes);
        taken += here.whole.length;
        refused += here.isRefused ? 1 : 0;
        // Methods that Node.js does not know are passed on here.
        if (here.whole.some(({ method }) => !METHODS.includes(method))) return;
        for (const [index, one] of here.whole.entries()) expect({ ...one, ...others[index] }).toEqual(one);
        expect(others.length).toBeGreaterThanOrEqual(here.whole.length);
        const more = others.slice(here.whole.length).filter(({ body }) => body !== undefined);
        if (!here.isRefused) expect(more).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(50);
  });
});
