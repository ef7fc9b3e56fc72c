import { type CfnCondition, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { where } from './only-if.ts';

/** Actions, or the beginnings of their names, that are permitted where a condition holds. */
export type Permitted = readonly [condition: CfnCondition, actions: readonly string[]];

/** Permits some of what a function’s role may do only where conditions hold; `more` comes besides. */
export function permittedIf(
  { role }: lambda.Function,
  permitted: readonly Permitted[],
  more: readonly (readonly [condition: CfnCondition, statement: iam.PolicyStatement])[] = [],
): void {
  const resource = role?.node.defaultChild as iam.CfnRole;
  const [policy] = Stack.of(resource).resolve(resource.policies) as iam.CfnRole.PolicyProperty[];
  const { Statement: statements } = (policy as unknown as Policy).policyDocument;
  resource.addPropertyOverride('Policies.0.PolicyDocument.Statement', [
    ...statements.flatMap((statement) => divided(statement, permitted)),
    ...more.map(([condition, statement]) => where(condition, statement.toStatementJson())),
  ]);
}

interface Statement {
  Action: string | string[];
}

interface Policy {
  policyDocument: { Statement: Statement[] };
}

/** One statement for each condition that some of the actions have, and one for those that have none. */
function divided(statement: Statement, permitted: readonly Permitted[]): unknown[] {
  const byCondition = new Map<CfnCondition | undefined, string[]>();
  for (const action of [statement.Action].flat()) {
    const [condition] = permitted.find(([, names]) => names.some((name) => action.startsWith(name))) ?? [];
    byCondition.set(condition, [...(byCondition.get(condition) ?? []), action]);
  }
  return [...byCondition].map(([condition, actions]) => {
    const Action = actions.length === 1 ? actions[0] : actions;
    return condition ? where(condition, { ...statement, Action }) : { ...statement, Action };
  });
}
