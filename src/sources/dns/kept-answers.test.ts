import { describe, expect, it } from 'vitest';
import { keptAnswers, noKeptAnswers } from './kept-answers.ts';
import type { NameAddresses, NameQuery } from './look-up-name.ts';

const query: NameQuery = { name: 'db.test', type: 'A' };
const found = (...addresses: string[]): NameAddresses => ({ addresses, extent: 'complete', ttl: 5 });

describe('keptAnswers', () => {
  it('gives what was found until its time is up, and then asks anew', async () => {
    let now = 1_000;
    const kept = keptAnswers(() => now);
    expect(await kept.get(query, async () => found('10.0.0.1'))).toEqual(found('10.0.0.1'));
    now += 4_999;
    expect(await kept.get({ ...query, name: 'DB.test' }, async () => found('10.0.0.2'))).toEqual(
      found('10.0.0.1'),
    );
    now += 1;
    expect(await kept.get(query, async () => found('10.0.0.2'))).toEqual(found('10.0.0.2'));
  });

  it('keeps apart what is asked of other servers, and other families', async () => {
    const kept = keptAnswers(() => 0);
    await kept.get(query, async () => found('10.0.0.1'));
    for (const other of [{ type: 'AAAA' }, { servers: ['10.0.0.2'] }, { name: 'other.test' }] as const) {
      const answer = await kept.get({ ...query, ...other }, async () => found('10.0.0.2'));
      expect(answer).toEqual(found('10.0.0.2'));
    }
  });

  it('keeps no failure, and nothing for longer than it may', async () => {
    const kept = keptAnswers(() => 0);
    await expect(kept.get(query, () => Promise.reject(new Error('SERVFAIL')))).rejects.toThrow('SERVFAIL');
    await kept.get(query, async () => ({ ...found('10.0.0.1'), ttl: 0 }));
    expect(await kept.get(query, async () => found('10.0.0.2'))).toEqual(found('10.0.0.2'));
  });

  it('is told what was found otherwise', async () => {
    const kept = keptAnswers(() => 0);
    kept.put(query, found('10.0.0.3'));
    expect(await kept.get(query, async () => found('10.0.0.1'))).toEqual(found('10.0.0.3'));
  });
});

describe('noKeptAnswers', () => {
  it('asks each time', async () => {
    noKeptAnswers.put(query, found('10.0.0.1'));
    expect(await noKeptAnswers.get(query, async () => found('10.0.0.2'))).toEqual(found('10.0.0.2'));
  });
});
