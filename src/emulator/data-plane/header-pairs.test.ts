import { expect, it } from 'vitest';
import { appended, endToEnd, headerPairs, rawHeaders, replaced, valuesOf } from './header-pairs.ts';

const pairs = headerPairs(['Accept', '*/*', 'X-Tag', 'one', 'x-tag', 'two']);

it('keeps order, case and repetition', () => {
  expect(rawHeaders(pairs)).toEqual(['Accept', '*/*', 'X-Tag', 'one', 'x-tag', 'two']);
  expect(valuesOf(pairs, 'X-TAG')).toEqual(['one', 'two']);
});

it('drops what is about one connection', () => {
  const sent = headerPairs([
    'Connection',
    'keep-alive, X-Hop',
    'Keep-Alive',
    'timeout=5',
    'x-hop',
    '1',
    'Via',
    'here',
  ]);
  expect(endToEnd([...sent, ['Transfer-Encoding', 'chunked'], ['Upgrade', 'h2c']])).toEqual([
    ['Via', 'here'],
  ]);
});

it('replaces a header in any case', () => {
  expect(replaced(pairs, 'X-TAG', 'three')).toEqual([
    ['Accept', '*/*'],
    ['X-TAG', 'three'],
  ]);
});

it('appends to a list, or starts one', () => {
  expect(valuesOf(appended(pairs, 'X-Tag', 'three'), 'x-tag')).toEqual(['one, two, three']);
  expect(valuesOf(appended(pairs, 'X-Forwarded-For', '10.0.0.1'), 'x-forwarded-for')).toEqual(['10.0.0.1']);
});
