import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFramed, framed } from './framing.ts';

describe('a message over TCP', () => {
  it('follows its length, in two bytes', () => {
    expect(framed(Buffer.from('ab'))).toEqual(Buffer.from([0, 2, 0x61, 0x62]));
    expect(framed(Buffer.alloc(258)).subarray(0, 2)).toEqual(Buffer.from([1, 2]));
  });

  it('is there as soon as all of it is, whatever follows, and not before', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array(), (bytes, more) => {
        const message = Buffer.from(bytes);
        const whole = framed(message);
        expect(firstFramed(whole)).toEqual(message);
        expect(firstFramed(Buffer.concat([whole, more]))).toEqual(message);
        for (let length = 0; length < whole.length; length++) {
          expect(firstFramed(whole.subarray(0, length))).toBeUndefined();
        }
      }),
      { numRuns: 30 },
    );
  });
});
