import { expect, it } from 'vitest';
import { changed, endToEnd, headerPairs, listed, rawHeaders, replaced, valuesOf } from './header-pairs.ts';

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

it('changes several at once, and leaves out what has no value', () => {
  expect(changed(pairs, { 'X-TAG': undefined, Via: 'here', accept: 'text/html' })).toEqual([
    ['Via', 'here'],
    ['accept', 'text/html'],
  ]);
});

it('appends to a list, or starts one', () => {
  expect(listed(pairs, 'X-Tag', 'three')).toBe('one, two, three');
  expect(listed(pairs, 'X-Forwarded-For', '10.0.0.1')).toBe('10.0.0.1');
});
