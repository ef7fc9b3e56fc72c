import { describe, expect, it } from 'vitest';
import { tokenBucket } from './token-bucket.ts';

/** Takes tokens at these times, in milliseconds; gives how long each had to wait. */
async function waits(times: readonly number[], size = { burst: 3, perSecond: 2 }): Promise<number[]> {
  let now = 0;
  let waited = 0;
  const wait = async (milliseconds: number) => {
    waited = milliseconds;
  };
  const bucket = tokenBucket(size, { now: () => now, wait });
  const all: number[] = [];
  for (const time of times) {
    now = time;
    waited = 0;
    await bucket.take();
    all.push(waited);
  }
  return all;
}

describe('tokenBucket', () => {
  it.each([
    { name: 'lets a burst go at once', at: [0, 0, 0], want: [0, 0, 0] },
    { name: 'lets the rest go one by one', at: [0, 0, 0, 0, 0, 0], want: [0, 0, 0, 500, 1_000, 1_500] },
    { name: 'fills with time', at: [0, 0, 0, 1_000, 1_000, 1_000], want: [0, 0, 0, 0, 0, 500] },
    {
      name: 'fills to its burst and no more',
      at: [0, 60_000, 60_000, 60_000, 60_000],
      want: [0, 0, 0, 0, 500],
    },
    { name: 'counts what others wait for', at: [0, 0, 0, 0, 250], want: [0, 0, 0, 500, 750] },
    {
      name: 'takes a clock that is set back for one that stands',
      at: [0, 0, 0, -9_000],
      want: [0, 0, 0, 500],
    },
  ])('$name', async ({ at, want }) => {
    expect(await waits(at)).toEqual(want);
  });

  it('takes sizes that are no whole numbers', async () => {
    expect(await waits([0, 0, 0], { burst: 1.5, perSecond: 0.5 })).toEqual([0, 1_000, 3_000]);
  });
});
