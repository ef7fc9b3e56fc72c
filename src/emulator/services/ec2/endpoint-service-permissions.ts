import type { AllowedPrincipal, EC2, PrincipalType } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import { noSuchService } from './endpoint-services.ts';
import { applyFilters } from './filters.ts';
import { find } from './lookup.ts';
import { page } from './pages.ts';

export const endpointServicePermissions: Operations<EC2> = {
  ModifyVpcEndpointServicePermissions(input, { cell: { network } }) {
    const { allowedPrincipals, id: ServiceId } = find(
      network.endpointServices,
      input.ServiceId,
      ...noSuchService,
    );
    const { AddAllowedPrincipals: added = [], RemoveAllowedPrincipals: removed = [] } = input;
    for (const principal of added) typeOf(principal);
    for (const principal of removed) allowedPrincipals.delete(principal);
    for (const principal of added) {
      if (!allowedPrincipals.has(principal)) {
        allowedPrincipals.set(principal, network.newId('vpce-svc-perm'));
      }
    }
    return {
      ReturnValue: true,
      AddedPrincipals: added.map((Principal) => ({
        Principal,
        PrincipalType: typeOf(Principal),
        ServicePermissionId: allowedPrincipals.get(Principal),
        ServiceId,
      })),
    };
  },
  DescribeVpcEndpointServicePermissions(input, { cell: { network } }) {
    const service = find(network.endpointServices, input.ServiceId, ...noSuchService);
    const all = [...service.allowedPrincipals].map(([principal, id]) => ({ principal, id, tags: new Map() }));
    const matching = applyFilters(all, input.Filters, {
      principal: ({ principal }) => [principal],
      'principal-type': ({ principal }) => [typeOf(principal)],
    });
    const { items, nextToken } = page(matching, input);
    return {
      AllowedPrincipals: items.map(
        ({ principal, id }): AllowedPrincipal => ({
          Principal: principal,
          PrincipalType: typeOf(principal),
          ServicePermissionId: id,
          ServiceId: service.id,
        }),
      ),
      NextToken: nextToken,
    };
  },
};

/** @throws AwsError `InvalidPrincipal` for what names no account, user or role */
function typeOf(principal: string): PrincipalType {
  if (principal === '*') return 'All';
  const kind = /^arn:aws:iam::\d{12}:(root|user\/.+|role\/.+)$/.exec(principal)?.[1];
  if (kind === undefined) throw new AwsError('InvalidPrincipal', `Invalid Principal: '${principal}'`);
  if (kind === 'root') return 'Account';
  return kind.startsWith('user/') ? 'User' : 'Role';
}
