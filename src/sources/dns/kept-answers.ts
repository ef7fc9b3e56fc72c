import type { NameAddresses, NameQuery } from './look-up-name.ts';

/** Answers of DNS that are kept as long as they say, by what was asked. */
export interface KeptAnswers {
  /** What is kept, else what `lookUp` finds; a lookup that fails is not kept. */
  get(query: NameQuery, lookUp: () => Promise<NameAddresses>): Promise<NameAddresses>;
  /** From now on this is what is kept. */
  put(query: NameQuery, found: NameAddresses): void;
}

/** For programs that run passes themselves, more often than names change; `now` is in milliseconds. */
export function keptAnswers(now: () => number): KeptAnswers {
  const kept = new Map<string, { found: NameAddresses; until: number }>();
  const put = (query: NameQuery, found: NameAddresses): void => {
    kept.set(keyOf(query), { found, until: now() + found.ttl * 1_000 });
  };
  return {
    put,
    async get(query, lookUp) {
      const known = kept.get(keyOf(query));
      if (known && now() < known.until) return known.found;
      const found = await lookUp();
      put(query, found);
      return found;
    },
  };
}

/** Keeps nothing: each pass asks anew. */
export const noKeptAnswers: KeptAnswers = { get: (_query, lookUp) => lookUp(), put() {} };

function keyOf({ name, type, servers }: NameQuery): string {
  return [type, name.toLowerCase(), ...(servers ?? [])].join(' ');
}
