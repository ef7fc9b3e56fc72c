import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Listener, Rule } from '../../world/load-balancing/listener.ts';
import { includes } from '../../world/network/cidr.ts';

/** What the rules of a listener look at. */
export interface RequestFacts {
  method: string;
  /** As sent, without the query. */
  path: string;
  /** As sent, without the question mark. */
  query: string;
  /** As the Host header says, port and all. */
  host: string;
  /** In the order sent; names in any case. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Address of who connected; a forwarded one is not looked at. */
  sourceIp: string;
}

/** The first rule by priority all of whose conditions hold; undefined leaves it to the default action. */
export function matchingRule(listener: Pick<Listener, 'rules'>, facts: RequestFacts): Rule | undefined {
  if (listener.rules.length === 0) return undefined;
  return [...listener.rules]
    .sort((one, other) => one.priority - other.priority)
    .find((rule) => rule.conditions.every((condition) => holds(condition, facts)));
}

/** Whether one of a condition's values matches. */
export function holds(condition: RuleCondition, facts: RequestFacts): boolean {
  const values = condition.Values ?? [];
  const regexes = condition.RegexValues ?? [];
  switch (condition.Field) {
    case 'path-pattern': {
      const config = condition.PathPatternConfig;
      return matchesAny(facts.path, config?.Values ?? values, config?.RegexValues ?? regexes);
    }
    case 'host-header': {
      const config = condition.HostHeaderConfig;
      const host = facts.host.replace(/:\d+$/, '');
      return matchesAny(host, config?.Values ?? values, config?.RegexValues ?? regexes, 'i');
    }
    case 'http-header': {
      const { HttpHeaderName = '', Values = [], RegexValues = regexes } = condition.HttpHeaderConfig ?? {};
      return facts.headers
        .filter(([name]) => name.toLowerCase() === HttpHeaderName.toLowerCase())
        .some(([, value]) => matchesAny(value, Values, RegexValues, 'i'));
    }
    case 'http-request-method':
      return (condition.HttpRequestMethodConfig?.Values ?? values).includes(facts.method);
    case 'query-string':
      return (condition.QueryStringConfig?.Values ?? []).some(({ Key, Value = '' }) =>
        pairs(facts.query).some(
          ([key, value]) => (Key === undefined || matches(Key, key, 'i')) && matches(Value, value, 'i'),
        ),
      );
    case 'source-ip':
      return (condition.SourceIpConfig?.Values ?? values).some((cidr) => includes(cidr, facts.sourceIp));
    default:
      return false;
  }
}

function matchesAny(
  text: string,
  patterns: readonly string[],
  regexes: readonly string[],
  flags = '',
): boolean {
  return (
    patterns.some((pattern) => matches(pattern, text, flags)) ||
    regexes.some((regex) => new RegExp(regex, flags).test(text))
  );
}

/** `*` stands for any text, `?` for one character, and a backslash takes the meaning of what follows away. */
function matches(pattern: string, text: string, flags: string): boolean {
  const source = pattern.replace(/\\[*?\\]|[*?]|[\\^$.|+()[\]{}]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return part.length === 2 ? part : `\\${part}`;
  });
  return new RegExp(`^${source}$`, `${flags}s`).test(text);
}

function pairs(query: string): [key: string, value: string][] {
  return query.split('&').map((pair) => {
    const [key = '', ...value] = pair.split('=');
    return [key, value.join('=')];
  });
}
