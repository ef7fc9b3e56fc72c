import { describe, expect, it } from 'vitest';
import { AlbridgeError } from '../engine/errors.ts';
import { confirming } from './confirming.ts';

const failure = (cause: Error) => confirming(['10.0.0.1', '10.0.0.2'], () => Promise.reject(cause));

describe('confirming', () => {
  it('gives what was read', async () => {
    expect(await confirming(['10.0.0.1'], async () => 'found')).toBe('found');
  });

  it.each([new Error('throttled'), new AlbridgeError('source-unknown', 'throttled')])(
    'makes of %s that nobody could say (FM2)',
    async (cause) => {
      await expect(failure(cause)).rejects.toMatchObject({
        code: 'unconfirmed',
        message: 'confirming what became of 10.0.0.1, 10.0.0.2 failed: throttled',
        cause,
      });
    },
  );

  it('leaves an error that says so already as it is', async () => {
    const cause = new AlbridgeError('unconfirmed', 'nobody knows');
    await expect(failure(cause)).rejects.toBe(cause);
  });
});
