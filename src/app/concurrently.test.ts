import { describe, expect, it } from 'vitest';
import { concurrently } from './concurrently.ts';

describe('concurrently', () => {
  it('keeps the order of the items, and no more than the limit in the making', async () => {
    let running = 0;
    let most = 0;
    const results = await concurrently([3, 1, 2, 0], 2, async (turns) => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      running--;
      return turns * 10;
    });
    expect(results).toEqual([30, 10, 20, 0]);
    expect(most).toBe(2);
  });

  it('does nothing with nothing', async () => {
    expect(await concurrently([], 8, () => Promise.reject(new Error('called')))).toEqual([]);
  });
});
