import type { PutParameterRequest, SSM } from '@aws-sdk/client-ssm';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import { readTags } from '../../core/tags.ts';
import { latest, type ParameterVersion, type StoredParameter } from '../../world/parameters/parameter.ts';
import { invalid, parameterArn } from './lookup.ts';
import { checkName } from './name.ts';

/** A parameter keeps so many of its last versions. */
const keptVersions = 100;
const standardBytes = 4096;
const advancedBytes = 8192;

export const writing: Operations<SSM> = {
  PutParameter(input, call) {
    const name = required(input.Name, 'name');
    const { parameters } = call.cell;
    const existing = parameters.all.get(name);
    if (existing) checkOverwrite(existing, input);
    else checkName(name);
    const version = nextVersion(input, existing, call);
    checkValue(version);
    const parameter = existing ?? newParameter(name, input, call);
    parameter.versions = [...parameter.versions, version].slice(-keptVersions);
    parameters.all.set(name, parameter);
    return { Version: version.version, Tier: version.tier };
  },
};

function checkOverwrite(existing: StoredParameter, { Overwrite, Tags, Type }: PutParameterRequest): void {
  if (!Overwrite) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
  if (Tags && Tags.length > 0) {
    throw invalid(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  if (Type !== undefined && Type !== latest(existing).type) {
    throw new AwsError(
      'HierarchyTypeMismatchException',
      `The parameter ${existing.name} is of type ${latest(existing).type}, and cannot be changed to ${Type}.`,
    );
  }
}

function nextVersion(
  input: PutParameterRequest,
  existing: StoredParameter | undefined,
  { cell, caller }: Call,
): ParameterVersion {
  const before = existing && latest(existing);
  const type = input.Type ?? before?.type;
  if (!type) throw invalid('A parameter type is required when you create a parameter.');
  const value = required(input.Value, 'value');
  const isLong = Buffer.byteLength(value) > standardBytes;
  return {
    version: (before?.version ?? 0) + 1,
    value,
    type,
    dataType: input.DataType ?? before?.dataType ?? 'text',
    description: input.Description ?? before?.description,
    allowedPattern: input.AllowedPattern ?? before?.allowedPattern,
    keyId: type === 'SecureString' ? (input.KeyId ?? before?.keyId ?? 'alias/aws/ssm') : undefined,
    tier:
      input.Tier === 'Intelligent-Tiering'
        ? isLong
          ? 'Advanced'
          : 'Standard'
        : (input.Tier ?? before?.tier ?? 'Standard'),
    modifiedAt: cell.clock.now(),
    modifiedBy: caller,
  };
}

function checkValue({ value, allowedPattern, tier }: ParameterVersion): void {
  if (value === '') {
    throw invalid(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  const most = tier === 'Advanced' ? advancedBytes : standardBytes;
  if (Buffer.byteLength(value) > most) {
    throw invalid(
      `${tier} tier parameters support a maximum parameter value of ${most} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.`,
    );
  }
  if (allowedPattern !== undefined && !new RegExp(allowedPattern).test(value)) {
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
  }
}

function newParameter(name: string, { Tags = [] }: PutParameterRequest, { cell }: Call): StoredParameter {
  return {
    name,
    arn: parameterArn(cell, name),
    versions: [],
    tags: readTags(Tags),
  };
}
