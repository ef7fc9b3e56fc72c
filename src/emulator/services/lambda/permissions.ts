import type { AddPermissionRequest, Lambda } from '@aws-sdk/client-lambda';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { qualifiedArn } from '../../world/functions/lambda-function.ts';
import type { PermissionStatement } from '../../world/functions/resource-policy.ts';
import { resourceConflict, resourceNotFound } from './errors.ts';
import { findFunction, knownQualifier } from './reference.ts';

/** The resource policy: who besides the account's own roles may invoke the function. */
export const permissions: Operations<Lambda> = {
  AddPermission(input, call) {
    const reference = findFunction(input, call);
    const key = knownQualifier(reference);
    const statements = reference.target.permissions.get(key) ?? new Map<string, PermissionStatement>();
    const statement = newStatement(input, qualifiedArn(reference.target, reference.qualifier));
    if (statements.has(statement.Sid)) {
      throw resourceConflict(
        `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    reference.target.permissions.set(key, statements.set(statement.Sid, statement));
    return { Statement: JSON.stringify(statement) };
  },

  RemovePermission(input, call) {
    const reference = findFunction(input, call);
    const id = required(input.StatementId, 'statementId');
    if (!reference.target.permissions.get(knownQualifier(reference))?.delete(id)) {
      throw resourceNotFound(`Statement ${id} is not found in resource policy.`);
    }
    return {};
  },

  GetPolicy(input, call) {
    const reference = findFunction(input, call);
    const statements = reference.target.permissions.get(knownQualifier(reference));
    if (!statements?.size) throw resourceNotFound('The resource you requested does not exist.');
    const policy = { Version: '2012-10-17', Id: 'default', Statement: [...statements.values()] };
    return { Policy: JSON.stringify(policy), RevisionId: reference.target.latest.revisionId };
  },
};

function newStatement(input: AddPermissionRequest, resource: string): PermissionStatement {
  const conditions = {
    ...(input.SourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': input.SourceAccount } }),
    ...(input.SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
  };
  return {
    Sid: required(input.StatementId, 'statementId'),
    Effect: 'Allow',
    Principal: principal(required(input.Principal, 'principal')),
    Action: required(input.Action, 'action'),
    Resource: resource,
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

/** A service by its domain; an account by its number becomes its root, as Lambda writes it. */
function principal(value: string): NonNullable<PermissionStatement['Principal']> {
  if (value === '*') return '*';
  if (/^\d{12}$/.test(value)) return { AWS: `arn:aws:iam::${value}:root` };
  return value.startsWith('arn:') ? { AWS: value } : { Service: value };
}
