import { describe, expect, it } from 'vitest';
import { coalesced } from './coalesced.ts';

/** A read that notes its calls, and ends when it is told. */
function shared() {
  const calls: string[][] = [];
  const ends: (() => void)[] = [];
  const get = coalesced<string, string>({
    idOf: (key) => key.toLowerCase(),
    async read(keys) {
      calls.push([...keys]);
      await new Promise<void>((resolve) => ends.push(resolve));
      return (key) => {
        if (key === 'bad') throw new Error('bad it is');
        return key.toUpperCase();
      };
    },
  });
  return { calls, get, endAll: () => ends.splice(0).forEach((end) => void end()) };
}

/** One turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('coalesced', () => {
  it('reads what is asked for in one turn in one call, and equal keys once', async () => {
    const { calls, get, endAll } = shared();
    const later = Promise.resolve()
      .then(() => {})
      .then(() => get('c'));
    const answers = Promise.all([get('a'), get('b'), get('A'), later]);
    await turn();
    expect(calls).toEqual([['A', 'b', 'c']]);
    endAll();
    expect(await answers).toEqual(['A', 'B', 'A', 'C']);
  });

  it('never answers by a call that was sent before it was asked (FM15)', async () => {
    const { calls, get, endAll } = shared();
    const first = get('a');
    await turn();
    const second = get('a');
    await turn();
    expect(calls).toEqual([['a'], ['a']]);
    endAll();
    expect(await Promise.all([first, second])).toEqual(['A', 'A']);
    void get('a');
    await turn();
    expect(calls).toHaveLength(3);
  });

  it('fails those alone whose part failed (FM20)', async () => {
    const { get, endAll } = shared();
    const answers = Promise.allSettled([get('good'), get('bad')]);
    await turn();
    endAll();
    expect(await answers).toMatchObject([{ value: 'GOOD' }, { reason: { message: 'bad it is' } }]);
  });

  it('fails all whose call failed, and asks anew afterwards', async () => {
    let failing = true;
    const get = coalesced<string, string>({
      idOf: String,
      async read() {
        if (failing) throw new Error('no answer');
        return (key) => key;
      },
    });
    const reason = { message: 'no answer' };
    expect(await Promise.allSettled([get('a'), get('b')])).toMatchObject([{ reason }, { reason }]);
    failing = false;
    expect(await get('a')).toBe('a');
  });

  it('answers all in one turn, so that what they ask next is asked together', async () => {
    const { calls, get, endAll } = shared();
    const both = ['a', 'b'].map(async (key) => get(`${await get(key)}${key}`));
    await turn();
    endAll();
    await turn();
    expect(calls).toEqual([
      ['a', 'b'],
      ['Aa', 'Bb'],
    ]);
    endAll();
    expect(await Promise.all(both)).toEqual(['AA', 'BB']);
  });
});
