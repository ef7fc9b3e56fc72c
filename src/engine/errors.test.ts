import { describe, expect, it } from 'vitest';
import { AlbridgeError, asAlbridgeError, messageOf } from './errors.ts';

describe('asAlbridgeError', () => {
  it('leaves an error of ours as it is', () => {
    const error = new AlbridgeError('source-unknown', 'no interface');
    expect(asAlbridgeError(error, 'write-failed')).toBe(error);
    expect(String(error)).toBe('AlbridgeError: no interface');
  });

  it('puts one of ours around any other, which stays its cause', () => {
    const cause = new Error('denied');
    const error = asAlbridgeError(cause, 'sink-unreadable');
    expect(error).toMatchObject({ code: 'sink-unreadable', message: 'denied' });
    expect(error.cause).toBe(cause);
  });
});

describe('messageOf', () => {
  it.each([
    { thrown: new Error('boom'), want: 'boom' },
    { thrown: new RangeError(), want: 'RangeError' },
    { thrown: 'boom', want: 'boom' },
    { thrown: undefined, want: 'undefined' },
  ])('says $want of $thrown', ({ thrown, want }) => {
    expect(messageOf(thrown)).toBe(want);
  });
});
