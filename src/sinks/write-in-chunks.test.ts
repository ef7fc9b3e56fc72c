import { describe, expect, it } from 'vitest';
import { writeInChunks } from './write-in-chunks.ts';

interface Rule {
  address: string;
  port: number;
}

const rules = (count: number): Rule[] =>
  Array.from({ length: count }, (_, index) => ({ address: `10.0.0.${index}`, port: 80 }));

const named = (name: string) => Object.assign(new Error('says AWS'), { name });

/** Writes to something that answers each call so, with the sizes of the calls. */
async function write(items: readonly Rule[], refuse: (chunk: readonly Rule[]) => string | undefined) {
  const sizes: number[] = [];
  const written = await writeInChunks({
    action: 'test:Write',
    items,
    addressOf: ({ address }) => address,
    async send(chunk) {
      sizes.push(chunk.length);
      const name = refuse(chunk);
      if (name !== undefined) throw named(name);
    },
  });
  return { sizes, ...written };
}

const having = (name: string, ...addresses: string[]) => {
  return (chunk: readonly Rule[]) =>
    chunk.some(({ address }) => addresses.includes(address)) ? name : undefined;
};

describe('writeInChunks', () => {
  it.each(['TooManyTargets', 'TooManyRegistrationsForTargetId'])(
    'halves what is refused for a part of it: %s',
    async (name) => {
      const { sizes, addresses, errors } = await write(rules(8), having(name, '10.0.0.7'));
      expect(sizes).toEqual([8, 4, 4, 2, 2, 1, 1]);
      expect(addresses).toEqual(rules(7).map(({ address }) => address));
      expect(errors.map(({ message }) => message)).toEqual([
        expect.stringContaining(`test:Write of 10.0.0.7 failed: ${name}: says AWS`),
      ]);
    },
  );

  it('does not halve what is refused for another reason', async () => {
    const { sizes, addresses, errors } = await write(rules(8), having('AccessDenied', '10.0.0.7'));
    expect(sizes).toEqual([8]);
    expect(addresses).toEqual([]);
    expect(errors).toMatchObject([{ code: 'write-failed', cause: { name: 'AccessDenied' } }]);
  });

  it('halves a call of an odd number, and loses none', async () => {
    const { sizes, addresses } = await write(rules(5), having('TooManyTargets', '10.0.0.4'));
    expect(sizes).toEqual([5, 3, 2, 1, 1]);
    expect(addresses).toHaveLength(4);
  });

  it('halves no more than 16 times, and tells of the rest', async () => {
    const { sizes, addresses, errors, full } = await write(
      rules(400),
      () => 'TooManyRegistrationsForTargetId',
    );
    expect(sizes.filter((size) => size === 100)).toHaveLength(4);
    // Each time two calls take the place of one.
    expect(sizes).toHaveLength(4 + 2 * 16);
    expect(addresses).toEqual([]);
    expect(errors).toHaveLength(4 + 16);
    expect(full).toBeUndefined();
  });

  it('sends nothing more once not even one fits, and says so (FM8, FM22)', async () => {
    const { sizes, addresses, errors, full } = await write(rules(150), having('TooManyTargets', '10.0.0.1'));
    expect(sizes).toEqual([100, 50, 25, 13, 7, 4, 2, 1, 1]);
    expect(addresses).toEqual(['10.0.0.0']);
    expect(full).toBe(true);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(/^test:Write of 10\.0\.0\.1, .*, 10\.0\.0\.149 failed/);
  });

  it('counts an address as written when all of its items are, and names it once (FM32)', async () => {
    const two = [80, 443].flatMap((port) => [
      { address: '10.0.0.1', port },
      { address: '10.0.0.2', port },
    ]);
    const { addresses, errors } = await write(two, (chunk) =>
      chunk.some(({ address, port }) => address === '10.0.0.2' && port === 443)
        ? 'TooManyRegistrationsForTargetId'
        : undefined,
    );
    expect(addresses).toEqual(['10.0.0.1']);
    expect(errors).toMatchObject([{ message: expect.stringContaining('of 10.0.0.2 failed') }]);
    const whole = await write(two, () => 'AccessDenied');
    expect(whole.errors).toMatchObject([
      { message: expect.stringContaining('of 10.0.0.1, 10.0.0.2 failed') },
    ]);
    expect((await write(two, () => undefined)).addresses).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('sends nothing where there is nothing', async () => {
    expect(await write([], () => undefined)).toEqual({ sizes: [], addresses: [], errors: [] });
  });
});
