import { describe, expect, it } from 'vitest';
import { BadMessage } from './bad-message.ts';
import { readRequestHead, readResponseHead, requestHead, responseHead } from './head.ts';

describe('a head', () => {
  it('is read with order, case and repetition of its headers, without the blanks around their values', () => {
    const text = 'GET /a?b=%20 HTTP/1.1\r\nHost: x\r\nX-Tag:\t one \t\r\nx-tag:two  words\r\nX-Empty:\r\n';
    expect(readRequestHead(text)).toEqual({
      method: 'GET',
      target: '/a?b=%20',
      version: '1.1',
      headers: [
        ['Host', 'x'],
        ['X-Tag', 'one'],
        ['x-tag', 'two  words'],
        ['X-Empty', ''],
      ],
    });
  });

  it('of an answer may have no reason, or one of many words', () => {
    expect(readResponseHead('HTTP/1.0 200 \r\n')).toMatchObject({ status: 200, reason: '', version: '1.0' });
    expect(readResponseHead('HTTP/1.1 404\r\n')).toMatchObject({ status: 404, reason: '' });
    expect(readResponseHead('HTTP/1.1 404 Not here\r\n')).toMatchObject({ reason: 'Not here' });
  });

  it('comes out as it went in, text beyond ASCII among it', () => {
    const headers = [['X-Name', 'caf\xe9']] as const;
    const request = requestHead('PUT', '*', headers);
    expect(readRequestHead(request.slice(0, -2))).toMatchObject({ method: 'PUT', target: '*', headers });
    const response = responseHead(201, 'Made', headers);
    expect(readResponseHead(response.slice(0, -2))).toMatchObject({ status: 201, reason: 'Made', headers });
  });

  it.each([
    ['a value of two lines', 'X', 'a\r\nY: b'],
    ['a value whose bytes would be two lines', 'X', 'a\u010d\u010aY: b'],
    ['a carriage return in a value', 'X', 'a\rb'],
    ['a name of two lines', 'X: a\r\nY', 'b'],
    ['a name that is none', 'bad name', 'b'],
    ['no name', '', 'b'],
    ['a name that is another header', 'Transfer-Encoding: chunked, x', 'b'],
  ])('is not sent with %s', (_what, name, value) => {
    expect(() => requestHead('GET', '/', [[name, value]])).toThrow(BadMessage);
    expect(() => responseHead(200, '', [[name, value]])).toThrow(BadMessage);
  });

  it.each([Number.NaN, 0, 99_999])('is not sent with the status %d', (status) => {
    expect(() => responseHead(status, '', [])).toThrow(BadMessage);
    expect(() => responseHead(200, 'a\r\nX: y', [])).toThrow(BadMessage);
  });

  it('is not sent for what cannot be asked for', () => {
    expect(() => requestHead('GET', '/ HTTP/1.1\r\nX: a', [])).toThrow(BadMessage);
  });

  it.each([
    ['a line that is none of a request', 'GET /\r\n'],
    ['a version that nobody speaks', 'GET / HTTP/2.0\r\n'],
    ['a target with a blank', 'GET /a b HTTP/1.1\r\n'],
    ['a target beyond ASCII', 'GET /\xfc HTTP/1.1\r\n'],
    ['a target that is neither a path nor a URL', 'GET a HTTP/1.1\r\n'],
    ['a blank before the colon', 'GET / HTTP/1.1\r\nHost : x\r\n'],
    ['a line that goes on with the one before', 'GET / HTTP/1.1\r\nHost: x\r\n  y\r\n'],
    ['no colon', 'GET / HTTP/1.1\r\nHost\r\n'],
    ['no name', 'GET / HTTP/1.1\r\n: x\r\n'],
    ['a line feed alone', 'GET / HTTP/1.1\r\nX: a\nY: b\r\n'],
    ['a carriage return alone', 'GET / HTTP/1.1\r\nX: a\rY: b\r\n'],
    ['a zero', 'GET / HTTP/1.1\r\nX: a\0b\r\n'],
  ])('is refused for %s', (_what, text) => {
    expect(() => readRequestHead(text)).toThrow(BadMessage);
  });

  it.each(['HTTP/1.1 20 OK\r\n', 'HTTP/1.1 abc\r\n', 'ICY 200 OK\r\n', 'HTTP/1.1 200 OK\r\nX\r\n'])(
    'of an answer is refused: %j',
    (text) => {
      expect(() => readResponseHead(text)).toThrow(BadMessage);
    },
  );
});
