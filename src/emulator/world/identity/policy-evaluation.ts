import { matchesConditions, type RequestContext } from './condition.ts';
import type { PolicyStatement } from './policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

/** Who asks: a service, or a principal of an account by its ARN. */
type Principal = { service: string } | { arn: string; account: string };

export interface AccessRequest {
  /** Not looked at where the statements name none, as in a policy attached to the principal itself. */
  principal: Principal;
  /** `lambda:InvokeFunction` */
  action: string;
  /** None for a role's trust, whose statements name no resource. */
  resource?: string;
  context: RequestContext;
}

/** Whether the statements allow the request: one allows it, and none denies it. */
export function allows(statements: readonly PolicyStatement[], request: AccessRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.length > 0 && applying.every((statement) => statement.Effect === 'Allow');
}

function applies(statement: PolicyStatement, request: AccessRequest): boolean {
  return (
    matchesPrincipal(statement, request.principal) &&
    matchesOneOf(statement.Action, statement.NotAction, request.action, { ignoreCase: true }) &&
    (request.resource === undefined ||
      matchesOneOf(statement.Resource, statement.NotResource, request.resource)) &&
    matchesConditions(statement.Condition, request.context)
  );
}

type OneOrMany = string | string[] | undefined;

function matchesOneOf(
  yes: OneOrMany,
  no: OneOrMany,
  value: string,
  options?: { ignoreCase: boolean },
): boolean {
  const matches = (pattern: string) => matchesWildcard(pattern, value, options);
  if (no !== undefined) return ![no].flat().some(matches);
  return yes === undefined || [yes].flat().some(matches);
}

function matchesPrincipal(statement: PolicyStatement, principal: Principal): boolean {
  if (statement.NotPrincipal !== undefined) return !isNamed(statement.NotPrincipal, principal);
  return statement.Principal === undefined || isNamed(statement.Principal, principal);
}

function isNamed(names: NonNullable<PolicyStatement['Principal']>, principal: Principal): boolean {
  // Everybody, in either spelling, is every service as well.
  if (names === '*' || list(names.AWS).includes('*')) return true;
  if ('service' in principal) return list(names.Service).includes(principal.service);
  return list(names.AWS).some(
    (name) => name === principal.account || name === principal.arn || isAccountRoot(name, principal),
  );
}

/** Naming an account's root trusts the account, whose own policies then decide. */
function isAccountRoot(name: string, principal: { account: string }): boolean {
  return name === `arn:aws:iam::${principal.account}:root`;
}

function list(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
