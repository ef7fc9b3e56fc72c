import type { Stack } from 'aws-cdk-lib';
import type { AddressSource } from '../sync/address-source.ts';
import { AddressSync, writesTo } from '../sync/address-sync.ts';
import type { SyncFunction } from '../sync/sync-function.ts';
import { readActions } from '../sync/sync-permissions.ts';

export interface AllowListsSyncProps {
  readonly bindingName: string;
  readonly prefixListId: string;
  readonly securityGroupId: string;
  readonly source: AddressSource;
  readonly syncFunction: SyncFunction;
}

/** A security group and a prefix list as sinks of one binding, of which a stack may have one or both. */
export class AllowListsSync extends AddressSync {
  readonly hasHealth = false;

  constructor(
    scope: Stack,
    id: string,
    { prefixListId, securityGroupId, source, ...options }: AllowListsSyncProps,
  ) {
    const arnOf = (resource: string, resourceName: string) =>
      scope.formatArn({ service: 'ec2', resource, resourceName });
    super(scope, id, {
      options,
      sinks: {
        reads: [...readActions['security-group'], ...readActions['prefix-list']],
        roles: [],
        sinks: [
          { name: 'security-group', type: 'security-group', id: securityGroupId, port: 1 },
          { name: 'prefix-list', type: 'prefix-list', id: prefixListId },
        ],
        writes: [
          ...writesTo(arnOf('security-group', securityGroupId), 'security-group', undefined),
          ...writesTo(arnOf('prefix-list', prefixListId), 'prefix-list', undefined),
        ],
      },
      source,
    });
  }
}
