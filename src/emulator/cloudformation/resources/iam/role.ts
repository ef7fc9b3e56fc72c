import { execute } from '../../../core/execute.ts';
import { iam } from '../../../services/iam/index.ts';
import { readRecords, readTexts, requireText, toInput } from '../../properties.ts';
import type { ProvidedResource, ResourceContext, ResourceProvider } from '../../resource-provider.ts';
import type { Properties } from '../../template/template.ts';
import { tagList } from '../tags.ts';
import { policyDocument } from './policy-document.ts';
import { changeAttachedPolicies, changeInlinePolicies, type InlinePolicies } from './role-policies.ts';

const maxNameLength = 64;

/** `AWS::IAM::Role` */
export const role: ResourceProvider = {
  createOnly: ['Description', 'MaxSessionDuration', 'Path', 'PermissionsBoundary', 'RoleName'],

  async create(properties, context) {
    const input = toInput(
      iam,
      'CreateRole',
      {
        RoleName: context.physicalName(maxNameLength),
        ...properties,
        AssumeRolePolicyDocument: policyDocument(properties, 'AssumeRolePolicyDocument'),
        Tags: tagList(properties, context),
      },
      ['ManagedPolicyArns', 'Policies'],
    );
    await execute(iam, 'CreateRole', input, context.call);
    const name = input.RoleName ?? '';
    context.initiated(name);
    await changePolicies(name, properties, {}, context);
    return describe(name, context);
  },

  async update(RoleName, properties, previous, context) {
    const PolicyDocument = policyDocument(properties, 'AssumeRolePolicyDocument');
    await execute(iam, 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument }, context.call);
    await changePolicies(RoleName, properties, previous, context);
    return describe(RoleName, context);
  },

  async delete(RoleName, properties, context) {
    await changePolicies(RoleName, {}, properties, context);
    await execute(iam, 'DeleteRole', { RoleName }, context.call);
  },
};

async function changePolicies(
  name: string,
  desired: Properties,
  current: Properties,
  { call }: ResourceContext,
): Promise<void> {
  await changeInlinePolicies(name, inlinePolicies(desired), inlinePolicies(current), call);
  const [attached, detached] = [
    readTexts(desired, 'ManagedPolicyArns'),
    readTexts(current, 'ManagedPolicyArns'),
  ];
  await changeAttachedPolicies(name, attached, detached, call);
}

function inlinePolicies(properties: Properties): InlinePolicies {
  const policies = readRecords(properties, 'Policies');
  return new Map(
    policies.map((policy) => [requireText(policy, 'PolicyName'), policyDocument(policy, 'PolicyDocument')]),
  );
}

async function describe(RoleName: string, { call }: ResourceContext): Promise<ProvidedResource> {
  const { Role } = await execute(iam, 'GetRole', { RoleName }, call);
  return { physicalId: RoleName, attributes: { Arn: Role?.Arn, RoleId: Role?.RoleId } };
}
