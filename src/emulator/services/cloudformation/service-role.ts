import { validationError } from '../../cloudformation/validation-error.ts';
import type { Cell } from '../../core/cell.ts';
import { parsePolicyDocument } from '../../world/identity/policy-document.ts';
import { allows } from '../../world/identity/policy-evaluation.ts';

/**
 * Checks the role that CloudFormation is to work with: it must exist and trust the service. What is done with it is
 * not checked against its policies here.
 *
 * @throws AwsError `ValidationError`
 */
export function checkServiceRole(roleArn: string, { identity }: Cell): void {
  const role = identity.roleByArn(roleArn);
  const statements = role ? parsePolicyDocument(role.assumeRolePolicyDocument, 'trust') : [];
  const principal = { service: 'cloudformation.amazonaws.com' };
  if (allows(statements, { principal, action: 'sts:AssumeRole', context: {} })) return;
  throw validationError(`Role ${roleArn} is invalid or cannot be assumed`);
}
