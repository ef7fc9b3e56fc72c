import { describe, expect, it } from 'vitest';
import { writeOneByOneOn } from './write-one-by-one.ts';

/** Writes to something that has these already, and refuses others; the calls as `a b`. */
async function write(items: readonly string[], held: readonly string[], refused: readonly string[] = []) {
  const calls: string[] = [];
  const written = await writeOneByOneOn('duplicate', {
    action: 'test:Write',
    items,
    addressOf: (item) => item,
    async send(chunk) {
      calls.push(chunk.join(' '));
      const fail = (name: string) => Object.assign(new Error('says AWS'), { name });
      if (chunk.some((item) => held.includes(item))) throw fail('InvalidPermission.Duplicate');
      if (chunk.some((item) => refused.includes(item))) throw fail('AccessDenied');
    },
  });
  return { calls, ...written };
}

describe('writeOneByOneOn', () => {
  it('sends all at once where nothing is so already', async () => {
    expect(await write(['a', 'b'], [])).toEqual({ calls: ['a b'], addresses: ['a', 'b'], errors: [] });
  });

  it('sends one by one where something is, and counts it as done', async () => {
    const want = { calls: ['a b c', 'a', 'b', 'c'], addresses: ['a', 'b', 'c'], errors: [] };
    expect(await write(['a', 'b', 'c'], ['b'])).toEqual(want);
  });

  it('does not send a single one again', async () => {
    expect(await write(['a'], ['a'])).toEqual({ calls: ['a'], addresses: ['a'], errors: [] });
  });

  it('fails on any other error, then too', async () => {
    expect(await write(['a', 'b'], [], ['b'])).toMatchObject({ calls: ['a b'], addresses: [] });
    const { calls, addresses, errors } = await write(['a', 'b'], ['a'], ['b']);
    expect(calls).toEqual(['a b', 'a', 'b']);
    expect(addresses).toEqual([]);
    expect(errors).toMatchObject([{ message: expect.stringContaining('AccessDenied') }]);
  });
});
