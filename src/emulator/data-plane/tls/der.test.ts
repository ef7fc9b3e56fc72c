import { expect, it } from 'vitest';
import { bits, boolean, identifier, integer, octets, sequence, text, time } from './der.ts';

it.each([
  { name: 'a small number', value: integer(5), want: '020105' },
  { name: 'a number whose first bit is set', value: integer(200), want: '020200c8' },
  { name: 'a number of several bytes', value: integer(65_537), want: '0203010001' },
  { name: 'an identifier', value: identifier('1.2.840.10045.4.3.2'), want: '06082a8648ce3d040302' },
  { name: 'truth', value: boolean(true), want: '0101ff' },
  { name: 'text', value: text('é'), want: '0c02c3a9' },
  { name: 'bits', value: bits(Buffer.from([1])), want: '03020001' },
  { name: 'members', value: sequence(integer(1), integer(2)), want: '3006020101020102' },
  {
    name: 'a moment',
    value: time(Date.UTC(2031, 0, 2, 3, 4, 5)),
    want: `180f${Buffer.from('20310102030405Z').toString('hex')}`,
  },
])('writes $name', ({ value, want }) => {
  expect(value.toString('hex')).toBe(want);
});

it.each([
  { bytes: 127, want: '047f' },
  { bytes: 128, want: '048180' },
  { bytes: 256, want: '04820100' },
])('tells a length of $bytes in as few bytes as it needs', ({ bytes, want }) => {
  expect(octets(Buffer.alloc(bytes)).toString('hex').slice(0, want.length)).toBe(want);
});
