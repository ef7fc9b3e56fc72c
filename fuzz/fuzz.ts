import fc from 'fast-check';
import type { Kind } from './kind.ts';
import { article } from './kinds/article.ts';
import { configuration, file } from './kinds/configuration.ts';
import { customResource } from './kinds/custom-resource.ts';
import { dns } from './kinds/dns.ts';
import { dispatcher, event } from './kinds/events.ts';
import { createFuzzWorld } from './world.ts';

export const kinds: readonly Kind[] = [configuration, file, article, event, dispatcher, customResource, dns];

export interface FuzzOptions {
  /** Of this kind. */
  cases: number;
  seed: number;
  /** Of one case, as a failure tells it. */
  path?: string | undefined;
}

export interface Verdict {
  kind: string;
  cases: number;
  /** What became of the cases, and how many times. */
  counts: Record<string, number>;
  /** What went wrong, with the smallest case that was found; undefined where nothing did. */
  failure?: { message: string; reproduce: string };
}

/** So many cases of one kind; at the first that fails, the smallest that fails likewise. */
export async function fuzz(kind: Kind, { cases, seed, path }: FuzzOptions): Promise<Verdict> {
  const counts: Record<string, number> = {};
  const world = await createFuzzWorld();
  const property = kind.property(world, (what) => {
    counts[what] = (counts[what] ?? 0) + 1;
  });
  const parameters = { numRuns: cases, seed, ...(path === undefined ? {} : { path }) };
  const details = await fc.check(property, parameters);
  const verdict = { kind: kind.name, cases: details.numRuns, counts };
  if (!details.failed) return verdict;
  const options = `--kind ${kind.name} --cases ${cases} --seed ${seed} --path ${details.counterexamplePath}`;
  const report = (await fc.asyncDefaultReportMessage(details)) ?? 'failed';
  const { stack = String(details.errorInstance) } = (details.errorInstance ?? {}) as Error;
  const message = `${report}\n\n${stack}`;
  return { ...verdict, failure: { message, reproduce: `npm run fuzz -- ${options}` } };
}
