import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { iam } from '../../../services/iam/index.ts';
import { readText, readTexts } from '../../properties.ts';
import type { ProvidedResource, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { policyDocument } from './policy-document.ts';
import { changeAttachedPolicies } from './role-policies.ts';

/** `AWS::IAM::ManagedPolicy` */
export const managedPolicy: ResourceProvider = {
  createOnly: ['Description', 'ManagedPolicyName', 'Path', 'PolicyDocument'],

  async create(properties, { call, initiated, physicalName }) {
    const input = {
      PolicyName: readText(properties, 'ManagedPolicyName') ?? physicalName(128),
      PolicyDocument: policyDocument(properties, 'PolicyDocument'),
      Path: readText(properties, 'Path'),
      Description: readText(properties, 'Description'),
    };
    const { Policy } = await execute(iam, 'CreatePolicy', input, call);
    const arn = Policy?.Arn ?? '';
    initiated(arn);
    await attach(arn, properties, {}, call);
    return provided(arn);
  },

  async update(arn, properties, previous, { call }) {
    await attach(arn, properties, previous, call);
    return provided(arn);
  },

  async delete(PolicyArn, properties, { call }) {
    await attach(PolicyArn, {}, properties, call);
    await execute(iam, 'DeletePolicy', { PolicyArn }, call);
  },
};

async function attach(arn: string, desired: Properties, current: Properties, call: Call): Promise<void> {
  const [wanted, held] = [readTexts(desired, 'Roles'), readTexts(current, 'Roles')];
  for (const roleName of wanted) await changeAttachedPolicies(roleName, [arn], [], call);
  for (const roleName of held) {
    if (!wanted.includes(roleName)) await changeAttachedPolicies(roleName, [], [arn], call);
  }
}

function provided(arn: string): ProvidedResource {
  return { physicalId: arn, attributes: { PolicyArn: arn } };
}
