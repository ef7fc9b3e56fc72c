import { expect, it } from 'vitest';
import {
  changed,
  endToEnd,
  firstValue,
  type HeaderPairs,
  listed,
  listOf,
  replaced,
  valuesOf,
} from './header-pairs.ts';

const pairs: HeaderPairs = [
  ['Accept', '*/*'],
  ['X-Tag', 'one'],
  ['x-tag', 'two'],
];

it('finds a header in any case', () => {
  expect(firstValue(pairs, 'X-TAG')).toBe('one');
  expect(firstValue(pairs, 'X-Other')).toBeUndefined();
  expect(valuesOf(pairs, 'X-TAG')).toEqual(['one', 'two']);
});

it('drops what is about one connection', () => {
  const sent: HeaderPairs = [
    ['Connection', 'keep-alive, X-Hop'],
    ['Keep-Alive', 'timeout=5'],
    ['x-hop', '1'],
    ['Via', 'here'],
  ];
  expect(endToEnd([...sent, ['Transfer-Encoding', 'chunked'], ['Upgrade', 'h2c']])).toEqual([
    ['Via', 'here'],
  ]);
});

it('keeps what says how long a body is, and for whom, whatever the sender lists', () => {
  const sent: HeaderPairs = [
    ['Connection', 'Content-Length, Host, X-Hop'],
    ['Host', 'x'],
    ['Content-Length', '5'],
    ['X-Hop', '1'],
  ];
  expect(endToEnd(sent).map(([name]) => name)).toEqual(['Host', 'Content-Length']);
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

it('reads a list of words in any case, over several headers', () => {
  const sent: HeaderPairs = [
    ['Connection', 'Keep-Alive ,\tX-Hop'],
    ['connection', 'close'],
  ];
  expect(listOf(sent, 'Connection')).toEqual(['keep-alive', 'x-hop', 'close']);
  expect(listOf(sent, 'Via')).toEqual([]);
});
