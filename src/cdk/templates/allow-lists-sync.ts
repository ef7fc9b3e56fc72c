import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { AddressSource } from '../address-source.ts';
import { AddressSync } from '../address-sync.ts';
import type { SyncFunction } from '../sync-function.ts';

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
    super(scope, id, {
      options,
      sinks: {
        reads: ['ec2:DescribeSecurityGroupRules', 'ec2:DescribeManagedPrefixLists'],
        roles: [],
        sinks: [
          { name: 'security-group', type: 'security-group', id: securityGroupId, port: 1 },
          { name: 'prefix-list', type: 'prefix-list', id: prefixListId },
        ],
        writes: [
          allow(scope, 'security-group', securityGroupId, [
            'ec2:AuthorizeSecurityGroupIngress',
            'ec2:RevokeSecurityGroupIngress',
          ]),
          allow(scope, 'prefix-list', prefixListId, [
            'ec2:GetManagedPrefixListEntries',
            'ec2:ModifyManagedPrefixList',
          ]),
        ],
      },
      source,
    });
  }
}

function allow(stack: Stack, resource: string, resourceName: string, actions: string[]): iam.PolicyStatement {
  const arn = stack.formatArn({ service: 'ec2', resource, resourceName });
  return new iam.PolicyStatement({ actions, resources: [arn] });
}
