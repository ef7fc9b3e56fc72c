import type { IAM, Policy } from '@aws-sdk/client-iam';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import { readTags, writeTags } from '../../core/tags.ts';
import type { ManagedPolicy } from '../../world/identity/managed-policy.ts';
import { parsePolicyDocument } from '../../world/identity/policy-document.ts';
import { deleteConflict, entityAlreadyExists } from './errors.ts';
import { findPolicy } from './lookup.ts';
import { pageEnd, pageOf } from './pages.ts';

export const policies: Operations<IAM> = {
  CreatePolicy(input, call) {
    const { account, clock, identity } = call.cell;
    const name = required(input.PolicyName, 'policyName');
    const path = input.Path ?? '/';
    const arn = `arn:aws:iam::${account}:policy${path}${name}`;
    if (identity.policies.has(arn)) {
      throw entityAlreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
    }
    const document = required(input.PolicyDocument, 'policyDocument');
    parsePolicyDocument(document, 'identity');
    const createdAt = clock.now();
    const policy: ManagedPolicy = {
      id: identity.uniqueId('ANPA'),
      name,
      path,
      arn,
      description: input.Description,
      createdAt,
      updatedAt: createdAt,
      defaultVersionId: 'v1',
      versions: new Map([['v1', { id: 'v1', document, createdAt }]]),
      createdVersions: 1,
      tags: readTags(input.Tags),
    };
    identity.policies.set(arn, policy);
    return { Policy: describePolicy(policy, call) };
  },

  GetPolicy(input, call) {
    return { Policy: describePolicy(findPolicy(input, call), call) };
  },

  ListPolicies(input, call) {
    const { Scope = 'All', PathPrefix = '/', OnlyAttached = false } = input;
    const matching = [...call.cell.identity.policies.values()].filter(
      (policy) =>
        policy.path.startsWith(PathPrefix) &&
        (Scope === 'All' || isAwsManaged(policy) === (Scope === 'AWS')) &&
        (!OnlyAttached || attachments(policy, call) > 0),
    );
    const page = pageOf(matching, ({ arn }) => arn, input);
    return { Policies: page.items.map((policy) => describePolicy(policy, call)), ...pageEnd(page) };
  },

  DeletePolicy(input, call) {
    const policy = findPolicy(input, call);
    if (attachments(policy, call) > 0) throw deleteConflict('Cannot delete a policy attached to entities.');
    if (policy.versions.size > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    call.cell.identity.policies.delete(policy.arn);
    return {};
  },
};

function isAwsManaged({ arn }: ManagedPolicy): boolean {
  return arn.startsWith('arn:aws:iam::aws:');
}

function attachments({ arn }: ManagedPolicy, { cell }: Call): number {
  return [...cell.identity.roles.values()].filter((role) => role.attachedPolicyArns.has(arn)).length;
}

function describePolicy(policy: ManagedPolicy, call: Call): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachments(policy, call),
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    ...(policy.description !== undefined && { Description: policy.description }),
    ...(policy.tags.size > 0 && { Tags: writeTags(policy.tags) }),
  };
}
