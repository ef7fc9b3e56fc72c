import { AwsError } from '../core/aws-error.ts';
import type { Call, ServiceModel } from '../core/service.ts';
import { identityStatements } from '../world/identity/identity-statements.ts';
import { allows } from '../world/identity/policy-evaluation.ts';
import type { Session } from '../world/identity/session.ts';
import type { Permission } from './permission.ts';

/**
 * Checks a call made with a role's credentials against the role's policies. Callers without a session are their
 * account's root, and may do anything.
 *
 * @throws AwsError `UnauthorizedOperation` (EC2), `AccessDenied` or `AccessDeniedException`, as the service words it
 */
export function authorize(
  model: ServiceModel,
  { action, resources }: Permission,
  { cell, session }: Call,
): void {
  if (!session || action === 'sts:GetCallerIdentity') return;
  const role = cell.identity.roleByArn(session.roleArn);
  const statements = role ? identityStatements(cell.identity, role) : [];
  const principal = { arn: session.callerArn, account: cell.account };
  const context = {
    'aws:PrincipalAccount': cell.account,
    'aws:PrincipalArn': session.roleArn,
    'aws:RequestedRegion': cell.region,
    // What one cell's callers can name is in the same account.
    'aws:ResourceAccount': cell.account,
    's3:ResourceAccount': cell.account,
  };
  const denied = resources.find((resource) => !allows(statements, { principal, action, resource, context }));
  if (denied !== undefined) throw refusal(model, session, action, denied);
}

function refusal(
  { protocol }: ServiceModel,
  { callerArn }: Session,
  action: string,
  resource: string,
): AwsError {
  const on = resource === '*' ? '' : ` on resource: ${resource}`;
  const reason = `User: ${callerArn} is not authorized to perform: ${action}${on} because no identity-based policy allows the ${action} action`;
  if (protocol === 'ec2-query') {
    return new AwsError(
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. ${reason}`,
      403,
    );
  }
  return new AwsError(
    protocol.includes('json') ? 'AccessDeniedException' : 'AccessDenied',
    reason,
    protocol.startsWith('json-') ? 400 : 403,
  );
}
