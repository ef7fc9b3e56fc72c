import { describe, expect, it } from 'vitest';
import { persists, requestFraming, responseFraming } from './framing.ts';
import type { HeaderPairs } from './header-pairs.ts';

function request(headers: HeaderPairs, version: '1.0' | '1.1' = '1.1') {
  return requestFraming({ method: 'POST', target: '/', version, headers });
}

function response(status: number, headers: HeaderPairs, method = 'GET') {
  return responseFraming({ status, reason: '', version: '1.1', headers }, method);
}

describe('a body', () => {
  it('of a request is as long as is said, or in chunks, or is none', () => {
    expect(request([])).toBe(0);
    expect(request([['content-length', '12']])).toBe(12);
    expect(request([['Transfer-Encoding', 'Chunked']])).toBe('chunked');
  });

  it('of an answer ends with the connection where nothing is said', () => {
    expect(response(200, [])).toBe('until-close');
    expect(response(200, [['Content-Length', '0']])).toBe(0);
    expect(response(200, [['Transfer-Encoding', 'chunked']])).toBe('chunked');
  });

  it.each([
    [200, 'HEAD'],
    [204, 'GET'],
    [304, 'GET'],
    [100, 'GET'],
  ])('is none in a %i to a %s, whatever the headers say', (status, method) => {
    expect(response(status, [['Content-Length', '5']], method)).toBe(0);
    expect(response(status, [['Transfer-Encoding', 'chunked']], method)).toBe(0);
  });

  it.each<[string, HeaderPairs]>([
    [
      'twice',
      [
        ['Content-Length', '5'],
        ['content-length', '6'],
      ],
    ],
    [
      'twice the same',
      [
        ['Content-Length', '5'],
        ['content-length', '5'],
      ],
    ],
    ['as a list', [['Content-Length', '5, 5']]],
    ['as what is no number', [['Content-Length', '0x5']]],
    ['below zero', [['Content-Length', '-1']]],
    ['as nothing', [['Content-Length', '']]],
    ['beyond what can be counted', [['Content-Length', '99999999999999999999']]],
    [
      'by length and by chunks',
      [
        ['Content-Length', '5'],
        ['Transfer-Encoding', 'chunked'],
      ],
    ],
    ['by chunks of chunks', [['Transfer-Encoding', 'chunked, chunked']]],
    ['by what is not known', [['Transfer-Encoding', 'gzip']]],
    ['by what only looks like chunks', [['Transfer-Encoding', 'xchunked']]],
  ])('is refused where its length is told %s', (_how, headers) => {
    expect(() => request(headers)).toThrow();
    expect(() => response(200, headers)).toThrow();
  });

  it('in chunks is nothing that HTTP/1.0 has', () => {
    expect(() => request([['Transfer-Encoding', 'chunked']], '1.0')).toThrow();
  });
});

it('a connection is kept unless HTTP/1.1 says not to, or HTTP/1.0 says to', () => {
  expect(persists({ version: '1.1', headers: [] })).toBe(true);
  expect(persists({ version: '1.1', headers: [['Connection', 'x, Close']] })).toBe(false);
  expect(persists({ version: '1.0', headers: [] })).toBe(false);
  expect(persists({ version: '1.0', headers: [['Connection', 'Keep-Alive']] })).toBe(true);
});
