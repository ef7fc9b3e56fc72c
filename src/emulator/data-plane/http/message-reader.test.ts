import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestFraming, responseFraming } from './framing.ts';
import { type RequestHead, type ResponseHead, readRequestHead, readResponseHead } from './head.ts';
import type { BodySink, IncomingBody } from './incoming-body.ts';
import { MessageReader } from './message-reader.ts';

/** A reader of requests that notes what it is told; bodies are read at once, unless `take` does something else. */
function reading({ take = (body: IncomingBody, sink: BodySink): void => body.read(sink) } = {}) {
  const told: string[] = [];
  const pace: string[] = [];
  let held: Buffer = Buffer.alloc(0);
  const reader: MessageReader<RequestHead> = new MessageReader(
    {
      pause: () => pace.push('pause'),
      unshift: (bytes) => {
        held = bytes;
      },
      resume() {
        pace.push('resume');
        reader.feed(held);
      },
    },
    {
      head: readRequestHead,
      framing: requestFraming,
      message({ method, target }, body) {
        told.push(`${method} ${target}`);
        take(body, {
          data: (chunk) => told.push(String(chunk)),
          end: () => told.push('end'),
          broken: () => told.push('broken'),
        });
      },
      ended: () => reader.next(),
      refused: ({ status }) => told.push(`refused ${status}`),
    },
  );
  return { reader, told, pace };
}

const inChunks = 'POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';
const messages = [
  '\r\nPOST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello',
  `${inChunks}3;ext="a"\r\nfoo\r\n4\r\nbarb\r\n0\r\nX-Trailer: y\r\n\r\n`,
  'GET /c HTTP/1.1\r\n\r\n',
].join('');

describe('messages', () => {
  it('go on where a line is cut, without a pause', () => {
    const { reader, told, pace } = reading();
    for (const piece of [inChunks, '3\r', '\nfoo\r', '\n0', '\r\nX: ', 'y\r\n\r', '\n'])
      reader.feed(Buffer.from(piece));
    expect(told).toEqual(['POST /b', 'foo', 'end']);
    expect(pace).toEqual([]);
  });

  it('are the same however their bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(messages.length), { maxLength: 12 }), (cuts) => {
        const { reader, told } = reading();
        const places = [0, ...cuts.toSorted((one, other) => one - other), messages.length];
        for (const [index, from] of places.entries())
          reader.feed(Buffer.from(messages.slice(from, places[index + 1] ?? from)));
        expect(told.join('')).toBe('POST /ahelloendPOST /bfoobarbendGET /cend');
      }),
    );
  });

  it('by the thousands in one piece are read one after the other', () => {
    const { reader, told } = reading();
    reader.feed(Buffer.from('GET / HTTP/1.1\r\n\r\n'.repeat(20_000)));
    expect(told).toHaveLength(40_000);
  });

  it('wait for the one before, and what sends them waits with them', () => {
    let sink: BodySink | undefined;
    let body: IncomingBody | undefined;
    const { reader, told, pace } = reading({
      take(one, into) {
        body = one;
        sink = into;
      },
    });
    reader.feed(Buffer.from(messages));
    expect(told).toEqual(['POST /a']);
    expect(pace).toEqual(['pause']);
    if (sink) body?.read(sink);
    expect(told).toEqual(['POST /a', 'hello', 'end', 'POST /b']);
  });

  it('stand still while their body is paused', () => {
    const { reader, told, pace } = reading({
      take(body, sink) {
        body.read({
          ...sink,
          data(chunk) {
            sink.data(chunk);
            body.pause();
            told.push('paused');
          },
        });
        resume = () => body.resume();
      },
    });
    let resume = (): void => {};
    reader.feed(Buffer.from(inChunks));
    reader.feed(Buffer.from('3\r\nfoo\r\n'));
    reader.feed(Buffer.from('3\r\nbar\r\n'));
    expect(told).toEqual(['POST /b', 'foo', 'paused']);
    expect(pace).toEqual(['pause']);
    resume();
    expect(told.slice(3)).toEqual(['bar', 'paused']);
    expect(pace).toEqual(['pause', 'resume']);
  });

  it('break with the connection', () => {
    const { reader, told } = reading();
    reader.feed(Buffer.from('POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel'));
    reader.end();
    expect(told).toEqual(['POST /a', 'hel', 'broken']);
  });

  it('may last as long as the connection', () => {
    const told: string[] = [];
    const reader = new MessageReader<ResponseHead>(
      { pause() {}, resume() {}, unshift() {} },
      {
        head: readResponseHead,
        framing: (head) => responseFraming(head, 'GET'),
        message: (_head, body) =>
          body.read({
            data: (chunk) => told.push(String(chunk)),
            end: () => told.push('end'),
            broken: () => told.push('broken'),
          }),
        refused: () => told.push('refused'),
      },
    );
    reader.feed(Buffer.from('HTTP/1.1 200 OK\r\n\r\nall'));
    reader.feed(Buffer.from(' of it'));
    reader.end();
    expect(told).toEqual(['all', ' of it', 'end']);
  });
});

describe('what is no message', () => {
  it.each([
    ['TLS', '\x16\x03\x01\x02\x00\x01', 400],
    ['lines that end as on Unix', 'GET / HTTP/1.1\nHost: x\n\n', 400],
    ['a head without an end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}`, 431],
    ['a head that is too long', `GET / HTTP/1.1\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
    ['an encoding that nobody knows', 'GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n', 501],
  ])('is refused: %s', (_what, bytes, status) => {
    const { reader, told } = reading();
    reader.feed(Buffer.from(bytes, 'latin1'));
    reader.feed(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    expect(told).toEqual([`refused ${status}`]);
  });

  it.each([
    ['no length', 'x\r\n'],
    ['a length with a sign', '+3\r\nfoo\r\n'],
    ['a length beyond what can be counted', `${'f'.repeat(20)}\r\n`],
    ['more than its length', '3\r\nfoobar\r\n'],
    ['a line without an end', `3;${'x'.repeat(20_000)}`],
  ])('breaks its body off: a chunk with %s', (_what, chunk) => {
    const { reader, told } = reading();
    reader.feed(Buffer.from(inChunks + chunk));
    expect(told.filter((what) => what !== 'foo')).toEqual(['POST /b', 'broken', 'refused 400']);
  });
});
