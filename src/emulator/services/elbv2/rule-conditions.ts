import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../core/aws-error.ts';
import { isBlock } from '../../world/network/cidr.ts';

/** Values that the conditions of one rule have together at the most. */
const valueLimit = 5;

/** Wildcards that they have together. */
const wildcardLimit = 5;

interface Field {
  /** The member that holds its values. */
  config:
    | 'PathPatternConfig'
    | 'HostHeaderConfig'
    | 'HttpRequestMethodConfig'
    | 'SourceIpConfig'
    | 'HttpHeaderConfig';
  /** Whether a rule may have it more than once. */
  isRepeatable: boolean;
  hasWildcards: boolean;
  accepts: RegExp | ((value: string) => boolean);
}

const fields: Readonly<Record<string, Field>> = {
  'path-pattern': {
    config: 'PathPatternConfig',
    isRepeatable: false,
    hasWildcards: true,
    accepts: /^[\w\-.$/~"'@:+&()!,;=%*?\\]{1,128}$/,
  },
  'host-header': {
    config: 'HostHeaderConfig',
    isRepeatable: false,
    hasWildcards: true,
    accepts: /^[A-Za-z0-9\-.*?]{1,128}$/,
  },
  'http-header': {
    config: 'HttpHeaderConfig',
    isRepeatable: true,
    hasWildcards: true,
    accepts: /^[ -~]{1,128}$/,
  },
  'http-request-method': {
    config: 'HttpRequestMethodConfig',
    isRepeatable: false,
    hasWildcards: false,
    accepts: /^[A-Z_-]{1,40}$/,
  },
  'source-ip': {
    config: 'SourceIpConfig',
    isRepeatable: false,
    hasWildcards: false,
    accepts: (cidr) => isBlock(cidr, 'ipv4') || isBlock(cidr, 'ipv6'),
  },
};

/**
 * Conditions as AWS keeps them: the short form `Values` stands in the field's own config too.
 *
 * @throws AwsError `ValidationError`
 */
export function checkConditions(conditions: readonly RuleCondition[] | undefined): RuleCondition[] {
  if (!conditions?.length) throw new AwsError('ValidationError', 'A rule must have at least one condition');
  refuseRepeated(conditions);
  const checked = conditions.map(checkCondition);
  const patterns = checked.flatMap(patternsOf);
  if (patterns.length > valueLimit)
    throw new AwsError('ValidationError', `A rule can only have '${valueLimit}' condition values`);
  const wildcards = checked.filter(hasWildcards).flatMap(patternsOf).join('').match(/[*?]/g) ?? [];
  if (wildcards.length > wildcardLimit)
    throw new AwsError('ValidationError', `A rule can only have '${wildcardLimit}' condition wildcards`);
  return checked;
}

function checkCondition(condition: RuleCondition): RuleCondition {
  if (condition.Field === 'query-string') return checkQueryString(condition);
  const field = fields[condition.Field ?? ''];
  if (!field) {
    const known = [...Object.keys(fields), 'query-string'].join(', ');
    throw new AwsError('ValidationError', `Condition field '${condition.Field}' must be one of '[${known}]'`);
  }
  if (condition.Field === 'http-header') refuseHeaderName(condition.HttpHeaderConfig?.HttpHeaderName);
  const given = condition[field.config];
  if (given?.Values && condition.Values?.length)
    throw new AwsError('ValidationError', `You can't specify both 'Values' and '${field.config}'`);
  const values = given?.Values ?? condition.Values ?? [];
  const regexes = regexesOf(condition);
  if (values.length + regexes.length === 0)
    throw new AwsError(
      'ValidationError',
      `A condition value must be specified for field '${condition.Field}'`,
    );
  for (const value of values) {
    const isAccepted = field.accepts instanceof RegExp ? field.accepts.test(value) : field.accepts(value);
    if (!isAccepted) throw refused(condition.Field, value);
  }
  for (const regex of regexes) if (!isRegex(regex)) throw refused(condition.Field, regex);
  if (regexes.length > 0) return condition;
  const config = { ...given, Values: values };
  return condition.Field === 'http-header'
    ? { ...condition, HttpHeaderConfig: config }
    : { ...condition, Values: values, [field.config]: config };
}

function checkQueryString(condition: RuleCondition): RuleCondition {
  const pairs = condition.QueryStringConfig?.Values ?? [];
  if (pairs.length === 0)
    throw new AwsError('ValidationError', `A condition value must be specified for field 'query-string'`);
  for (const { Key, Value = '' } of pairs) {
    if (Value === '' || Value.length > 128 || (Key?.length ?? 0) > 128) throw refused('query-string', Value);
  }
  return condition;
}

function refuseHeaderName(name = ''): void {
  if (!/^[\w!#$%&'*+\-.^`|~]{1,40}$/.test(name)) {
    throw new AwsError(
      'ValidationError',
      `The HTTP header name '${name}' is not valid: 1 to 40 characters of a token`,
    );
  }
  if (name.toLowerCase() === 'host') {
    throw new AwsError(
      'ValidationError',
      `The HTTP header name '${name}' is not valid: use a host-header condition`,
    );
  }
}

function refuseRepeated(conditions: readonly RuleCondition[]): void {
  const seen = new Set<string>();
  for (const { Field: field = '' } of conditions) {
    if (seen.has(field) && fields[field]?.isRepeatable === false) {
      throw new AwsError('ValidationError', `A rule can only have one '${field}' condition`);
    }
    seen.add(field);
  }
}

function refused(field: string | undefined, value: string): AwsError {
  return new AwsError('ValidationError', `The condition value '${value}' is not valid for field '${field}'`);
}

function hasWildcards({ Field: field = '' }: RuleCondition): boolean {
  return field === 'query-string' || fields[field]?.hasWildcards === true;
}

/** What counts as values of a condition: of a query string the key too, where it has one. */
function patternsOf(condition: RuleCondition): string[] {
  const field = fields[condition.Field ?? ''];
  if (field) return [...(condition[field.config]?.Values ?? []), ...regexesOf(condition)];
  return (condition.QueryStringConfig?.Values ?? []).map(({ Key = '', Value = '' }) => `${Key}=${Value}`);
}

function regexesOf(condition: RuleCondition): string[] {
  const { HostHeaderConfig: host, HttpHeaderConfig: header, PathPatternConfig: path } = condition;
  return host?.RegexValues ?? header?.RegexValues ?? path?.RegexValues ?? condition.RegexValues ?? [];
}

function isRegex(source: string): boolean {
  try {
    new RegExp(source);
    return source.length <= 128;
  } catch {
    return false;
  }
}
