import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import { AwsError } from '../../core/aws-error.ts';
import { latest, type StoredParameter } from '../../world/parameters/parameter.ts';

type Test = (text: string, value: string) => boolean;

const options: Readonly<Record<string, Test>> = {
  Equals: (text, value) => text === value,
  BeginsWith: (text, value) => text.startsWith(value),
  Contains: (text, value) => text.includes(value),
  Recursive: (text, value) => text.startsWith(asPath(value)),
  OneLevel: (text, value) =>
    text.startsWith(asPath(value)) && !text.slice(asPath(value).length).includes('/'),
};

/** Whether a parameter passes every filter; one of a filter's values is enough. */
export function matches(parameter: StoredParameter, filters: readonly ParameterStringFilter[]): boolean {
  return filters.every((filter) => passes(parameter, filter));
}

function passes(
  parameter: StoredParameter,
  { Key = '', Option, Values = [] }: ParameterStringFilter,
): boolean {
  const text = subject(parameter, Key);
  if (text === undefined) return false;
  if (Values.length === 0) return true;
  const test = options[Option ?? (Key === 'Path' ? 'OneLevel' : 'Equals')];
  if (!test) {
    throw new AwsError(
      'InvalidFilterOption',
      `The following filter option is not valid: ${Option}. Valid options include: [BeginsWith, Equals, Contains].`,
    );
  }
  return Values.some((value) => test(text, value));
}

function subject(parameter: StoredParameter, key: string): string | undefined {
  const { type, dataType, tier, keyId } = latest(parameter);
  const subjects: Readonly<Record<string, string | undefined>> = {
    Name: parameter.name,
    Path: parameter.name,
    Type: type,
    DataType: dataType,
    Tier: tier,
    KeyId: keyId,
  };
  if (key.startsWith('tag:')) return parameter.tags.get(key.slice('tag:'.length));
  if (Object.hasOwn(subjects, key)) return subjects[key];
  throw new AwsError('InvalidFilterKey', `The following filter key is not valid: ${key}.`);
}

function asPath(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
