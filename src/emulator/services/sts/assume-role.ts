import type { STS } from '@aws-sdk/client-sts';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import { parsePolicyDocument } from '../../world/identity/policy-document.ts';
import { allows } from '../../world/identity/policy-evaluation.ts';
import type { Role } from '../../world/identity/role.ts';

export const assumeRole: Operations<STS> = {
  AssumeRole(input, call) {
    const roleArn = required(input.RoleArn, 'roleArn');
    const sessionName = required(input.RoleSessionName, 'roleSessionName');
    const identity = call.cell.identityOf(accountOf(roleArn));
    const role = identity.roleByArn(roleArn);
    if (!role || !trusts(role, call, input.ExternalId)) throw notAuthorized(call.caller, roleArn);
    const { DurationSeconds = 3600 } = input;
    if (DurationSeconds > role.maxSessionDurationSeconds) throw tooLong();
    const session = identity.issue(role, sessionName, DurationSeconds);
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: new Date(session.expiration),
      },
      AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.callerArn },
      PackedPolicySize: 0,
    };
  },
};

/** A role assumed is the caller that its trust policy names: `…:assumed-role/<role>/<session>` counts as the role. */
function trusts(role: Role, { caller, cell }: Call, externalId: string | undefined): boolean {
  const roleName = /:assumed-role\/([^/]+)\//.exec(caller)?.[1];
  const account = accountOf(caller);
  const arn = cell.identityOf(account).roles.get(roleName ?? '')?.arn ?? caller;
  return allows(parsePolicyDocument(role.assumeRolePolicyDocument, 'trust'), {
    principal: { arn, account },
    action: 'sts:AssumeRole',
    context: {
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': account,
      ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
    },
  });
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function notAuthorized(caller: string, roleArn: string): AwsError {
  return new AwsError(
    'AccessDenied',
    `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    403,
  );
}

function tooLong(): AwsError {
  return new AwsError(
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  );
}
