import type { AliasConfiguration, AliasRoutingConfiguration, Lambda } from '@aws-sdk/client-lambda';
import { uuid } from '../../core/random.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import type { Alias, LambdaFunction } from '../../world/functions/lambda-function.ts';
import { versionOf } from '../../world/functions/lambda-function.ts';
import { invalidParameter, resourceConflict, resourceNotFound } from './errors.ts';
import { pageOf } from './pages.ts';
import { findFunction } from './reference.ts';

export const aliases: Operations<Lambda> = {
  CreateAlias(input, call) {
    const { target } = findFunction(input, call);
    const name = required(input.Name, 'name');
    if (target.aliases.has(name)) throw resourceConflict(`Alias already exists: ${target.arn}:${name}`);
    refuseRouting(input.RoutingConfig);
    const alias: Alias = {
      name,
      functionVersion: knownVersion(target, required(input.FunctionVersion, 'functionVersion')),
      description: input.Description ?? '',
      revisionId: uuid(call.cell.random),
    };
    target.aliases.set(name, alias);
    return describe(target, alias);
  },

  GetAlias(input, call) {
    const { target } = findFunction(input, call);
    return describe(target, findAlias(target, required(input.Name, 'name')));
  },

  ListAliases(input, call) {
    const { target } = findFunction(input, call);
    const all = [...target.aliases.values()].filter(
      (alias) => input.FunctionVersion === undefined || alias.functionVersion === input.FunctionVersion,
    );
    const { items, nextToken } = pageOf(all, ({ name }) => name, input);
    return { Aliases: items.map((alias) => describe(target, alias)), NextMarker: nextToken };
  },

  UpdateAlias(input, call) {
    const { target } = findFunction(input, call);
    const alias = findAlias(target, required(input.Name, 'name'));
    refuseRouting(input.RoutingConfig);
    if (input.FunctionVersion !== undefined)
      alias.functionVersion = knownVersion(target, input.FunctionVersion);
    alias.description = input.Description ?? alias.description;
    alias.revisionId = uuid(call.cell.random);
    return describe(target, alias);
  },

  DeleteAlias(input, call) {
    const { target } = findFunction(input, call);
    target.aliases.delete(required(input.Name, 'name'));
    return {};
  },
};

function findAlias(target: LambdaFunction, name: string): Alias {
  const alias = target.aliases.get(name);
  if (!alias) throw resourceNotFound(`Cannot find alias arn: ${target.arn}:${name}`);
  return alias;
}

function knownVersion(target: LambdaFunction, version: string): string {
  if (target.aliases.has(version) || !versionOf(target, version)) {
    throw resourceNotFound(`Function not found: ${target.arn}:${version}`);
  }
  return version;
}

function refuseRouting(routing: AliasRoutingConfiguration | undefined): void {
  if (Object.keys(routing?.AdditionalVersionWeights ?? {}).length === 0) return;
  throw invalidParameter('RoutingConfig is not supported by this local AWS: an alias points to one version');
}

function describe(target: LambdaFunction, alias: Alias): AliasConfiguration {
  return {
    AliasArn: `${target.arn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.functionVersion,
    Description: alias.description,
    RevisionId: alias.revisionId,
  };
}
