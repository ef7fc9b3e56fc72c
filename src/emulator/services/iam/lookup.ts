import { required } from '../../core/required.ts';
import type { Call } from '../../core/service.ts';
import type { ManagedPolicy } from '../../world/identity/managed-policy.ts';
import type { Role } from '../../world/identity/role.ts';
import { noSuchEntity } from './errors.ts';

export function findRole(input: { RoleName?: string | undefined }, { cell }: Call): Role {
  const name = required(input.RoleName, 'roleName');
  const role = cell.identity.roles.get(name);
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

export function findPolicy(input: { PolicyArn?: string | undefined }, { cell }: Call): ManagedPolicy {
  const arn = required(input.PolicyArn, 'policyArn');
  const policy = cell.identity.policies.get(arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}
