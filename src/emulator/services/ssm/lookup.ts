import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call } from '../../core/service.ts';
import type { ParameterVersion, StoredParameter } from '../../world/parameters/parameter.ts';
import { latest } from '../../world/parameters/parameter.ts';
import { publicParameterValue } from '../../world/parameters/public-parameters.ts';

export interface FoundParameter {
  parameter: StoredParameter;
  version: ParameterVersion;
  /** `:3` where a version was asked for. */
  selector: string | undefined;
}

/** The name follows `parameter`; one that is a path brings its own slash. */
export function parameterArn({ account, region }: Call['cell'], name: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
}

/**
 * By name or ARN, with a version behind a colon or without.
 *
 * @throws AwsError `ParameterNotFound`, `ParameterVersionNotFound`
 */
export function findVersion(reference: string, call: Call): FoundParameter {
  const { name, selector } = split(reference);
  const parameter = findIn(name, call);
  if (selector === undefined) return { parameter, version: latest(parameter), selector };
  const version = parameter.versions.find((one) => `:${one.version}` === selector);
  if (version) return { parameter, version, selector };
  throw new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${selector.slice(1)} of ${name}. Verify the version and try again.`,
  );
}

export function findParameter(reference: string | undefined, call: Call): StoredParameter {
  return findIn(required(reference, 'name'), call);
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function findIn(name: string, { cell }: Call): StoredParameter {
  const parameter = cell.parameters.all.get(name) ?? published(name, cell);
  // Only its code tells this error: Systems Manager sends no message with it.
  if (!parameter) throw new AwsError('ParameterNotFound', '');
  return parameter;
}

function published(name: string, { region }: Call['cell']): StoredParameter | undefined {
  const value = publicParameterValue(name);
  if (value === undefined) return undefined;
  const version: ParameterVersion = {
    version: 1,
    value,
    type: 'String',
    dataType: 'aws:ec2:image',
    description: undefined,
    allowedPattern: undefined,
    keyId: undefined,
    tier: 'Standard',
    modifiedAt: 0,
    modifiedBy: 'arn:aws:iam::aws:root',
  };
  return { name, arn: `arn:aws:ssm:${region}::parameter${name}`, versions: [version], tags: new Map() };
}

function split(reference: string): { name: string; selector: string | undefined } {
  const arn = /^arn:[\w-]+:ssm:[^:]*:\d*:parameter(\/[^:]+)(:\w+)?$/.exec(reference);
  if (arn) return { name: arn[1] ?? '', selector: arn[2] };
  const colon = reference.indexOf(':');
  return colon < 0
    ? { name: reference, selector: undefined }
    : { name: reference.slice(0, colon), selector: reference.slice(colon) };
}
