import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call } from '../../core/service.ts';
import { type FunctionVersion, latest } from '../../world/functions/function-version.ts';
import { type LambdaFunction, versionOf } from '../../world/functions/lambda-function.ts';

/** What names a function: its name, part of its ARN or all of it, each with or without a qualifier. */
const pattern =
  /^(?:arn:aws:lambda:(?<region>[a-z0-9-]+):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[A-Za-z0-9_-]{1,64})(?::(?<qualifier>\$LATEST|[A-Za-z0-9_-]+))?$/;

export interface FunctionReference {
  target: LambdaFunction;
  qualifier: string | undefined;
}

export function functionArn({ account, region }: Call['cell'], name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/** @throws AwsError `ResourceNotFoundException`, or `ValidationException` where it names nothing */
export function findFunction(
  input: { FunctionName?: string | undefined; Qualifier?: string | undefined },
  { cell }: Pick<Call, 'cell'>,
): FunctionReference {
  const reference = parse(required(input.FunctionName, 'functionName'));
  const qualifier = input.Qualifier ?? reference.qualifier;
  const target = isHere(reference, cell) ? cell.functions.all.get(reference.name) : undefined;
  if (!target) throw functionNotFound(functionArn(cell, reference.name), qualifier);
  return { target, qualifier };
}

/** Also finds what the qualifier stands for. */
export function findVersion(
  input: { FunctionName?: string | undefined; Qualifier?: string | undefined },
  { cell }: Pick<Call, 'cell'>,
): FunctionReference & { version: FunctionVersion } {
  const { target, qualifier } = findFunction(input, { cell });
  const version = versionOf(target, qualifier);
  if (!version) throw functionNotFound(target.arn, qualifier);
  return { target, qualifier, version };
}

/** A qualifier that must be there, `$LATEST` where there is none. */
export function knownQualifier({ target, qualifier }: FunctionReference): string {
  if (!versionOf(target, qualifier)) throw functionNotFound(target.arn, qualifier);
  return qualifier ?? latest;
}

function parse(reference: string): {
  name: string;
  qualifier: string | undefined;
  account?: string;
  region?: string;
} {
  const groups = pattern.exec(reference)?.groups;
  if (groups?.name === undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${reference}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
    );
  }
  return { ...groups, name: groups.name, qualifier: groups.qualifier };
}

function isHere(
  reference: { account?: string; region?: string },
  { account, region }: Call['cell'],
): boolean {
  return (reference.account ?? account) === account && (reference.region ?? region) === region;
}

function functionNotFound(arn: string, qualifier: string | undefined): AwsError {
  const suffix = qualifier === undefined ? '' : `:${qualifier}`;
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}${suffix}`, 404);
}
