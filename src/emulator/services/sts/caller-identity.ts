import type { STS } from '@aws-sdk/client-sts';
import type { Call, Operations } from '../../core/service.ts';

export const callerIdentity: Operations<STS> = {
  GetCallerIdentity(_input, call) {
    return { Account: call.cell.account, Arn: call.caller, UserId: userId(call) };
  },
};

/** The account's number for its root; the role's id and the session's name for a role. */
function userId({ caller, cell }: Call): string {
  const [, roleName = '', session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(caller) ?? [];
  const role = cell.identity.roles.get(roleName);
  return role ? `${role.id}:${session}` : cell.account;
}
