import { expect, it } from 'vitest';
import { FrameReader, opcodes, writeFrame } from './frames.ts';

const mask = Buffer.from([1, 2, 3, 4]);

/** A frame as a client sends it. */
function masked(opcode: number, payload: Buffer, isFinal = true): Buffer {
  const plain = writeFrame(opcode, payload);
  const head = Buffer.from(plain.subarray(0, plain.length - payload.length));
  head[0] = (head[0] ?? 0) & (isFinal ? 0xff : 0x7f);
  head[1] = (head[1] ?? 0) | 0x80;
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

it.each([0, 1, 125, 126, 32_768])('reads a frame of %d bytes, however it is cut', (length) => {
  const payload = Buffer.alloc(length, 'abc');
  const bytes = Buffer.concat([masked(opcodes.text, payload, false), masked(opcodes.ping, Buffer.from('x'))]);
  for (const size of [1, 7, bytes.length]) {
    const reader = new FrameReader();
    const frames = [];
    for (let at = 0; at < bytes.length; at += size)
      frames.push(...reader.read(bytes.subarray(at, at + size)));
    expect(frames).toEqual([
      { isFinal: false, opcode: opcodes.text, payload },
      { isFinal: true, opcode: opcodes.ping, payload: Buffer.from('x') },
    ]);
  }
});

it.each([
  { name: 'is not masked', bytes: writeFrame(opcodes.text, Buffer.from('a')), code: 1002 },
  { name: 'has reserved bits', bytes: Buffer.from([0xc1, 0x80]), code: 1002 },
  { name: 'is longer than 32 KB', bytes: masked(opcodes.text, Buffer.alloc(32_769)), code: 1009 },
  { name: 'says that it is immense', bytes: Buffer.from([0x81, 0xff, ...Array(8).fill(0x7f)]), code: 1009 },
])('refuses what $name', ({ bytes, code }) => {
  expect(() => [...new FrameReader().read(bytes)]).toThrow(expect.objectContaining({ code }));
});

it.each([125, 126, 65_536])('writes a length of %d as the protocol has it', (length) => {
  const frame = writeFrame(opcodes.text, Buffer.alloc(length));
  const head = { 125: [0x81, 125], 126: [0x81, 126, 0, 126], 65536: [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0] }[
    length
  ];
  expect([...frame.subarray(0, frame.length - length)]).toEqual(head);
});
