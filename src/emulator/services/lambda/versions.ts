import { isDeepStrictEqual } from 'node:util';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { Cell } from '../../core/cell.ts';
import { uuid } from '../../core/random.ts';
import type { Operations } from '../../core/service.ts';
import { type FunctionVersion, latest } from '../../world/functions/function-version.ts';
import type { LambdaFunction } from '../../world/functions/lambda-function.ts';
import { functionConfiguration } from './function-configuration.ts';
import { pageOf } from './pages.ts';
import { findFunction } from './reference.ts';
import { requireSettled } from './revisions.ts';

export const versions: Operations<Lambda> = {
  PublishVersion(input, call) {
    const { target } = findFunction(input, call);
    requireSettled(target);
    const version = publish(call.cell, target, input);
    return functionConfiguration(target, version, version.version);
  },

  ListVersionsByFunction(input, call) {
    const { target } = findFunction(input, call);
    const all = [target.latest, ...target.versions.values()];
    const { items, nextToken } = pageOf(all, sortKey, input);
    return {
      Versions: items.map((version) => functionConfiguration(target, version, version.version)),
      NextMarker: nextToken,
    };
  },
};

/** `$LATEST` first, then in order of their numbers. */
function sortKey({ version }: FunctionVersion): string {
  return version === latest ? '-' : version.padStart(10, '0');
}

/** Fixes what `$LATEST` is under the next number; where nothing changed since the last one, that stays. */
export function publish(
  cell: Cell,
  target: LambdaFunction,
  { Description }: { Description?: string | undefined },
): FunctionVersion {
  const published = [...target.versions.values()].at(-1);
  const { settings, code } = target.latest;
  if (published?.code === code && sameSettings(published, target.latest)) return published;
  target.publishedVersions++;
  const number = String(target.publishedVersions);
  const version: FunctionVersion = {
    ...target.latest,
    version: number,
    arn: `${target.arn}:${number}`,
    revisionId: uuid(cell.random),
    settings: { ...settings, description: Description ?? settings.description },
    state: 'Active',
    lastUpdateStatus: 'Successful',
  };
  target.versions.set(number, version);
  return version;
}

/** The description does not count: each version may have its own. */
function sameSettings(published: FunctionVersion, current: FunctionVersion): boolean {
  const [one, other] = [published, current].map(({ settings }) => ({ ...settings, description: '' }));
  return isDeepStrictEqual(one, other);
}
