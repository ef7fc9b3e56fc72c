import type { Call } from '../../../core/service.ts';
import { readTexts, requireText } from '../../properties.ts';
import { ResourceFailure, type ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { policyDocument } from './policy-document.ts';
import { changeInlinePolicies, type InlinePolicies } from './role-policies.ts';

/** `AWS::IAM::Policy`: an inline policy of one or more roles. */
export const policy: ResourceProvider = {
  async create(properties, { call, physicalName }) {
    await change(properties, {}, call);
    return { physicalId: physicalName(128) };
  },

  async update(physicalId, properties, previous, { call }) {
    await change(properties, previous, call);
    return { physicalId };
  },

  async delete(_physicalId, properties, { call }) {
    await change({}, properties, call);
  },
};

async function change(desired: Properties, current: Properties, call: Call): Promise<void> {
  const [wanted, held] = [policiesByRole(desired), policiesByRole(current)];
  for (const roleName of new Set([...wanted.keys(), ...held.keys()])) {
    await changeInlinePolicies(
      roleName,
      wanted.get(roleName) ?? new Map(),
      held.get(roleName) ?? new Map(),
      call,
    );
  }
}

function policiesByRole(properties: Properties): Map<string, InlinePolicies> {
  for (const principal of ['Users', 'Groups']) {
    if (properties[principal] !== undefined)
      throw new ResourceFailure(`${principal} are not supported by this local AWS`);
  }
  const roles = readTexts(properties, 'Roles');
  if (roles.length === 0) return new Map();
  const inline = new Map([
    [requireText(properties, 'PolicyName'), policyDocument(properties, 'PolicyDocument')],
  ]);
  return new Map(roles.map((roleName) => [roleName, inline]));
}
