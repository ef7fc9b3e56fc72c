import { execute } from '../../../core/execute.ts';
import { ec2 } from '../../../services/ec2/index.ts';
import { requireText } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import { ipPermission } from './ip-permission.ts';

export const securityGroupIngress: ResourceProvider = ruleProvider('Ingress');
export const securityGroupEgress: ResourceProvider = ruleProvider('Egress');

function ruleProvider(direction: 'Ingress' | 'Egress'): ResourceProvider {
  return {
    async create(properties, { call }) {
      const input = {
        GroupId: requireText(properties, 'GroupId'),
        IpPermissions: [ipPermission(properties)],
      };
      const { SecurityGroupRules = [] } = await execute(
        ec2,
        `AuthorizeSecurityGroup${direction}`,
        input,
        call,
      );
      const id = SecurityGroupRules[0]?.SecurityGroupRuleId ?? '';
      return { physicalId: id, attributes: { Id: id } };
    },

    async delete(physicalId, properties, { call }) {
      const input = { GroupId: requireText(properties, 'GroupId'), SecurityGroupRuleIds: [physicalId] };
      await execute(ec2, `RevokeSecurityGroup${direction}`, input, call);
    },
  };
}
