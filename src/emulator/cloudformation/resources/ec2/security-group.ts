import { isDeepStrictEqual } from 'node:util';
import type { IpPermission } from '@aws-sdk/client-ec2';
import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { readRecords, readText, requireText } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { ipPermission } from './ip-permission.ts';
import { retag, tagSpecifications } from './tags.ts';

export const securityGroup: ResourceProvider = {
  createOnly: ['GroupDescription', 'GroupName', 'VpcId'],

  async create(properties, context) {
    const input = {
      GroupName: readText(properties, 'GroupName') ?? context.physicalName(255),
      Description: requireText(properties, 'GroupDescription'),
      VpcId: readText(properties, 'VpcId'),
      TagSpecifications: tagSpecifications('security-group', properties, context),
    };
    const { GroupId = '' } = await execute(ec2, 'CreateSecurityGroup', input, context.call);
    context.initiated(GroupId);
    await changeRules(GroupId, 'Ingress', ingressOf(properties), [], context);
    // Two steps: the same rule with a description would be a duplicate of the one that a new group has.
    if (readRecords(properties, 'SecurityGroupEgress').length > 0) {
      await changeRules(GroupId, 'Egress', [], anywhere, context);
      await changeRules(GroupId, 'Egress', egressOf(properties), [], context);
    }
    return describe(GroupId, context);
  },

  async update(GroupId, properties, previous, context) {
    await changeRules(GroupId, 'Ingress', ingressOf(properties), ingressOf(previous), context);
    await changeRules(GroupId, 'Egress', egressOf(properties), egressOf(previous), context);
    await retag(GroupId, properties, previous, context);
    return describe(GroupId, context);
  },

  async delete(GroupId, _properties, { call }) {
    await execute(ec2, 'DeleteSecurityGroup', { GroupId }, call);
  },
};

/** What every new group lets out, and what a template that says nothing of egress leaves in place. */
const anywhere: IpPermission[] = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

function ingressOf(properties: Properties): IpPermission[] {
  return readRecords(properties, 'SecurityGroupIngress').map(ipPermission);
}

function egressOf(properties: Properties): IpPermission[] {
  const rules = readRecords(properties, 'SecurityGroupEgress').map(ipPermission);
  return rules.length === 0 ? anywhere : rules;
}

/** Authorizes first, then revokes: what both have is never interrupted. */
async function changeRules(
  GroupId: string,
  direction: 'Ingress' | 'Egress',
  desired: readonly IpPermission[],
  current: readonly IpPermission[],
  { call }: ResourceContext,
): Promise<void> {
  const added = without(desired, current);
  const removed = without(current, desired);
  if (added.length > 0) {
    await execute(ec2, `AuthorizeSecurityGroup${direction}`, { GroupId, IpPermissions: added }, call);
  }
  if (removed.length > 0) {
    await execute(ec2, `RevokeSecurityGroup${direction}`, { GroupId, IpPermissions: removed }, call);
  }
}

function without(rules: readonly IpPermission[], others: readonly IpPermission[]): IpPermission[] {
  return rules.filter((rule) => !others.some((other) => isDeepStrictEqual(plain(rule), plain(other))));
}

/** Without members that are `undefined`. */
function plain(rule: IpPermission): unknown {
  return JSON.parse(JSON.stringify(rule));
}

async function describe(GroupId: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const { SecurityGroups: [found] = [] } = await execute(
    ec2,
    'DescribeSecurityGroups',
    { GroupIds: [GroupId] },
    call,
  );
  return { physicalId: GroupId, attributes: { GroupId, Id: GroupId, VpcId: found?.VpcId } };
}
