import type { PolicyStatement } from './policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

/** Values of condition keys; the names of keys are not case-sensitive. */
export type RequestContext = Readonly<Record<string, string>>;

type Operator = (value: string, wanted: string) => boolean;

const equals: Operator = (value, wanted) => value === wanted;
const like: Operator = (value, wanted) => matchesWildcard(wanted, value);

const operators: Readonly<Record<string, { test: Operator; negated?: true }>> = {
  StringEquals: { test: equals },
  StringNotEquals: { test: equals, negated: true },
  StringEqualsIgnoreCase: { test: (value, wanted) => value.toLowerCase() === wanted.toLowerCase() },
  StringLike: { test: like },
  StringNotLike: { test: like, negated: true },
  ArnEquals: { test: like },
  ArnLike: { test: like },
  ArnNotEquals: { test: like, negated: true },
  ArnNotLike: { test: like, negated: true },
  Bool: { test: (value, wanted) => value.toLowerCase() === wanted.toLowerCase() },
};

/** All conditions must hold; one whose operator is unknown here does not. */
export function matchesConditions(
  conditions: PolicyStatement['Condition'],
  context: RequestContext,
): boolean {
  const values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(conditions ?? {}).every(([name, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holds(name, values.get(key.toLowerCase()), [wanted].flat().map(String)),
    ),
  );
}

/** Whether a key is there or not is all that `Null` asks. */
function isAsWanted(value: string | undefined, wanted: readonly string[]): boolean {
  return wanted.includes(String(value === undefined));
}

/** A missing key fails a condition, except a negated one or one that ends in `IfExists`. */
function holds(name: string, value: string | undefined, wanted: readonly string[]): boolean {
  if (name === 'Null') return isAsWanted(value, wanted);
  const optional = name.endsWith('IfExists');
  const operator = operators[optional ? name.slice(0, -'IfExists'.length) : name];
  if (!operator) return false;
  if (value === undefined) return optional || operator.negated === true;
  return wanted.some((one) => operator.test(value, one)) !== (operator.negated === true);
}
