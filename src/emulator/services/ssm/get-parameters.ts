import { createHash } from 'node:crypto';
import type { Parameter, SSM } from '@aws-sdk/client-ssm';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { latest } from '../../world/parameters/parameter.ts';
import { matches } from './filters.ts';
import { type FoundParameter, findParameter, findVersion, invalid } from './lookup.ts';
import { pageOf } from './pages.ts';

const mostAtOnce = 10;

export const reading: Operations<SSM> = {
  GetParameter({ Name, WithDecryption = false }, call) {
    return { Parameter: describe(findVersion(required(Name, 'name'), call), WithDecryption) };
  },

  GetParameters({ Names = [], WithDecryption = false }, call) {
    if (Names.length > mostAtOnce) {
      throw invalid(
        `1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than or equal to ${mostAtOnce}`,
      );
    }
    const found = [...new Set(Names)].map((name) => ({
      name,
      parameter: look(() => findVersion(name, call)),
    }));
    return {
      Parameters: found.flatMap(({ parameter }) => (parameter ? [describe(parameter, WithDecryption)] : [])),
      InvalidParameters: found.filter(({ parameter }) => !parameter).map(({ name }) => name),
    };
  },

  GetParametersByPath(input, { cell }) {
    const { Recursive = false, ParameterFilters = [], WithDecryption = false } = input;
    const path = pathOf(required(input.Path, 'path'));
    const beneath = [...cell.parameters.all.values()]
      .filter(({ name }) => name.startsWith(path) && (Recursive || !name.slice(path.length).includes('/')))
      .filter((parameter) => matches(parameter, ParameterFilters));
    const { items, nextToken } = pageOf(beneath, input, mostAtOnce);
    const Parameters = items.map((parameter) =>
      describe({ parameter, version: latest(parameter), selector: undefined }, WithDecryption),
    );
    return { Parameters, NextToken: nextToken };
  },

  GetParameterHistory(input, call) {
    const { name, versions } = findParameter(input.Name, call);
    const Parameters = versions.map((one) => ({
      Name: name,
      Type: one.type,
      KeyId: one.keyId,
      LastModifiedDate: new Date(one.modifiedAt),
      LastModifiedUser: one.modifiedBy,
      Description: one.description,
      Value: shown(one, input.WithDecryption ?? false),
      AllowedPattern: one.allowedPattern,
      Version: one.version,
      Labels: [],
      Tier: one.tier,
      Policies: [],
      DataType: one.dataType,
    }));
    return { Parameters };
  },
};

function describe({ parameter, version, selector }: FoundParameter, decrypted: boolean): Parameter {
  return {
    Name: parameter.name,
    Type: version.type,
    Value: shown(version, decrypted),
    Version: version.version,
    ...(selector === undefined ? {} : { Selector: selector }),
    LastModifiedDate: new Date(version.modifiedAt),
    ARN: parameter.arn,
    DataType: version.dataType,
  };
}

/** Without decryption a `SecureString` is unreadable, and the same each time. */
function shown({ type, value }: FoundParameter['version'], decrypted: boolean): string {
  if (type !== 'SecureString' || decrypted) return value;
  return createHash('sha512').update(value).digest('base64');
}

function look(find: () => FoundParameter): FoundParameter | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof AwsError && /^Parameter.*NotFound$/.test(error.code)) return undefined;
    throw error;
  }
}

function pathOf(path: string): string {
  if (!path.startsWith('/')) {
    throw invalid(
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
    );
  }
  return path.endsWith('/') ? path : `${path}/`;
}
