import { AUTHORITATIVE_ANSWER, encode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { isWellFormed } from './well-formed.ts';

const header = (questions: number, answers: number): number[] => [
  ...[0x12, 0x34, 0x84, 0x00],
  ...[0, questions, 0, answers, 0, 0, 0, 0],
];
/** `web`, at 12 of a message that begins with it. */
const name = [3, 0x77, 0x65, 0x62, 0];
const toName = [0xc0, 12];
const question = [...name, 0, 1, 0, 1];
const ttl = [0, 0, 0, 60];
const a = [0, 1, 0, 1, ...ttl];
const cname = [0, 5, 0, 1, ...ttl];

const answer = (...records: number[][]): Buffer =>
  Buffer.from([...header(1, records.length), ...question, ...records.flat()]);

describe('isWellFormed', () => {
  it('takes what a server sends', () => {
    const message = encode({
      type: 'response',
      flags: AUTHORITATIVE_ANSWER,
      questions: [{ name: 'web.test', type: 'A' }],
      answers: [
        { name: 'web.test', type: 'CNAME', data: 'other.test' },
        { name: 'other.test', type: 'A', data: '10.0.0.1' },
        { name: 'other.test', type: 'AAAA', data: 'fd00::1' },
        { name: 'other.test', type: 'NS', data: 'ns.test' },
        { name: 'other.test', type: 'TXT', data: 'anything' },
      ],
      additionals: [
        {
          name: '.',
          type: 'OPT',
          udpPayloadSize: 4096,
          extendedRcode: 0,
          ednsVersion: 0,
          flags: 0,
          flag_do: false,
          options: [],
        },
      ],
    });
    expect(isWellFormed(message)).toBe(true);
  });

  it.each([
    { name: 'names that point back', message: answer([...toName, ...a, 0, 4, 10, 0, 0, 1]) },
    {
      name: 'the longest label that there may be',
      message: answer([0x3f, ...Array(63).fill(0x61), 0, ...a, 0, 4, 10, 0, 0, 1]),
    },
    { name: 'an alias that points back', message: answer([...toName, ...cname, 0, 2, ...toName]) },
  ])('takes $name', ({ message }) => {
    expect(isWellFormed(message)).toBe(true);
  });

  it.each([
    { name: 'nothing', message: Buffer.alloc(0) },
    { name: 'a header alone that promises an answer', message: Buffer.from(header(0, 1)) },
    { name: 'an address of three bytes', message: answer([...toName, ...a, 0, 3, 10, 0, 0, 1]) },
    { name: 'an address of five bytes', message: answer([...toName, ...a, 0, 5, 10, 0, 0, 1, 2]) },
    { name: 'an address cut off', message: answer([...toName, ...a, 0, 4, 10, 0]) },
    { name: 'an alias longer than its record', message: answer([...toName, ...cname, 0, 1, ...toName]) },
    {
      name: 'a record of another class',
      message: answer([...toName, 0, 1, 0, 3, ...ttl, 0, 4, 10, 0, 0, 1]),
    },
    { name: 'a name that points at itself', message: answer([0xc0, 21, ...a, 0, 4, 10, 0, 0, 1]) },
    { name: 'a name that points on', message: answer([0xc0, 35, ...a, 0, 4, 10, 0, 0, 1, ...name]) },
    {
      name: 'a label that is too long',
      message: answer([0x40, ...Array(64).fill(0x61), 0, ...a, 0, 4, 10, 0, 0, 1]),
    },
    { name: 'a label that is not ascii', message: answer([1, 0x81, 0, ...a, 0, 4, 10, 0, 0, 1]) },
    { name: 'a dot in a label', message: answer([3, 0x61, 0x2e, 0x62, 0, ...a, 0, 4, 10, 0, 0, 1]) },
    {
      name: 'a dot at the end of a label',
      message: answer([3, 0x61, 0x62, 0x2e, 0, ...a, 0, 4, 10, 0, 0, 1]),
    },
  ])('refuses $name', ({ message }) => {
    expect(isWellFormed(message)).toBe(false);
  });
});
