import type { Lambda } from '@aws-sdk/client-lambda';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import type { LambdaFunction } from '../../world/functions/lambda-function.ts';
import { resourceConflict } from './errors.ts';
import { readCode } from './function-code.ts';
import { functionConfiguration } from './function-configuration.ts';
import { newSettings } from './function-settings.ts';
import { pageOf } from './pages.ts';
import { findFunction, findVersion, functionArn } from './reference.ts';
import { firstRevision } from './revisions.ts';
import { publish } from './versions.ts';

/** Making, describing and deleting functions. */
export const functions: Operations<Lambda> = {
  CreateFunction(input, call) {
    const { cell } = call;
    const name = required(input.FunctionName, 'functionName');
    if (cell.functions.all.has(name)) throw resourceConflict(`Function already exist: ${name}`);
    const settings = newSettings(input, cell);
    const code = readCode(required(input.Code, 'code'), cell);
    const arn = functionArn(cell, name);
    const target: LambdaFunction = {
      name,
      arn,
      latest: firstRevision(cell, { name, arn, settings, code }),
      versions: new Map(),
      publishedVersions: 0,
      aliases: new Map(),
      permissions: new Map(),
      eventInvokeConfigs: new Map(),
      reservedConcurrency: undefined,
      running: 0,
      tags: new Map(Object.entries(input.Tags ?? {})),
    };
    cell.functions.all.set(name, target);
    if (!input.Publish) return functionConfiguration(target, target.latest);
    const version = publish(cell, target, {});
    return functionConfiguration(target, version, version.version);
  },

  GetFunction(input, call) {
    const { target, qualifier, version } = findVersion(input, call);
    return {
      Configuration: functionConfiguration(target, version, qualifier),
      Code: { RepositoryType: 'S3' },
      ...(target.tags.size > 0 && { Tags: Object.fromEntries(target.tags) }),
      ...(target.reservedConcurrency !== undefined && {
        Concurrency: { ReservedConcurrentExecutions: target.reservedConcurrency },
      }),
    };
  },

  GetFunctionConfiguration(input, call) {
    const { target, qualifier, version } = findVersion(input, call);
    return functionConfiguration(target, version, qualifier);
  },

  ListFunctions(input, { cell }) {
    const { items, nextToken } = pageOf([...cell.functions.all.values()], ({ name }) => name, input);
    return {
      Functions: items.map((target) => functionConfiguration(target, target.latest)),
      NextMarker: nextToken,
    };
  },

  DeleteFunction(input, call) {
    const { target, qualifier } = findFunction(input, call);
    if (qualifier === undefined) call.cell.functions.delete(target);
    else deleteVersion(target, qualifier, call);
    return {};
  },
};

function deleteVersion(target: LambdaFunction, qualifier: string, { cell }: Call): void {
  const version = target.versions.get(qualifier);
  const alias = [...target.aliases.values()].find((one) => one.functionVersion === qualifier);
  if (alias)
    throw resourceConflict(`Version ${qualifier} cannot be deleted: the alias ${alias.name} points to it.`);
  if (version) cell.functions.deleteVersion(target, version);
}
