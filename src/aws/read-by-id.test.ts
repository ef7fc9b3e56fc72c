import { describe, expect, it } from 'vitest';
import { readById } from './read-by-id.ts';

/** A service that knows some ids, and fails whole calls as AWS does. */
function service(failures: Readonly<Record<string, string>>) {
  const calls: string[][] = [];
  const read = async (ids: string[]) => {
    calls.push(ids);
    const failing = ids.find((id) => failures[id] !== undefined);
    if (failing) throw Object.assign(new Error(`no ${failing}`), { name: failures[failing] });
    return ids.filter((id) => id !== 'left out').map((id) => ({ id, name: `the ${id}` }));
  };
  return { calls, read };
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

async function named(failures: Readonly<Record<string, string>>, asked: readonly string[] = ids) {
  const { calls, read } = service(failures);
  const answers = await readById(asked, { most: 4, read, idOf: ({ id }) => id });
  const names = asked.map((id) => {
    try {
      return answers(id)?.name;
    } catch (error) {
      return (error as Error).message;
    }
  });
  return { calls, names };
}

describe('readById', () => {
  it('asks for as many at a time as a call takes', async () => {
    const { calls, names } = await named({});
    expect(calls).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f', 'g'],
    ]);
    expect(names).toEqual(ids.map((id) => `the ${id}`));
  });

  it.each([
    ['is not there', 'LoadBalancerNotFound'],
    ['is malformed', 'ValidationError'],
  ])('fails the one that %s, and no other (FM20)', async (_name, code) => {
    const { calls, names } = await named({ c: code });
    expect(names).toEqual(ids.map((id) => (id === 'c' ? 'no c' : `the ${id}`)));
    expect(calls.map((call) => call.join(' '))).toEqual(['a b c d', 'e f g', 'a b', 'c d', 'c', 'd']);
  });

  it('fails the part of a call that is refused for another reason, without asking more', async () => {
    const { calls, names } = await named({ f: 'Throttling' });
    expect(names).toEqual(['the a', 'the b', 'the c', 'the d', 'no f', 'no f', 'no f']);
    expect(calls).toHaveLength(2);
  });

  it('finds nothing where the answer leaves something out', async () => {
    expect((await named({}, ['a', 'left out'])).names).toEqual(['the a', undefined]);
  });
});
