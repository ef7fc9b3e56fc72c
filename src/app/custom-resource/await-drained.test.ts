import { expect, it } from 'vitest';
import { awaitDrained } from './await-drained.ts';
import type { CustomResourceRequest } from './request.ts';

const moved = { drainSeconds: '35', upstream: 'direct' };

async function waited(request: Partial<CustomResourceRequest>, patience = 600_000): Promise<number[]> {
  const waits: number[] = [];
  const whole = { RequestType: 'Update', ResourceProperties: moved, ...request } as CustomResourceRequest;
  const seconds = await awaitDrained(whole, {
    patience,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  return [seconds, ...waits];
}

it.each([
  ['an update to another way', { OldResourceProperties: { upstream: 'ip-sync' } }, [35, 35_000]],
  ['an update of something else', { OldResourceProperties: { upstream: 'direct' } }, [0]],
  ['a creation', { RequestType: 'Create' as const }, [0]],
])('waits for what is under way: %s', async (_name, request, want) => {
  expect(await waited(request)).toEqual(want);
});

it('waits no longer than an answer can', async () => {
  expect(await waited({ OldResourceProperties: { upstream: 'ip-sync' } }, 20_000)).toEqual([20, 20_000]);
});

it.each(['', '-1', '3.5', 'soon', ['35'], undefined])('refuses drainSeconds %j', async (drainSeconds) => {
  await expect(waited({ ResourceProperties: { ...moved, drainSeconds } })).rejects.toMatchObject({
    code: 'invalid-config',
    message: expect.stringContaining('drainSeconds'),
  });
});
