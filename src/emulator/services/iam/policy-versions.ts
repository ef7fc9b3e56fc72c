import type { IAM, PolicyVersion as PolicyVersionOutput } from '@aws-sdk/client-iam';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import type { ManagedPolicy, PolicyVersion } from '../../world/identity/managed-policy.ts';
import { parsePolicyDocument } from '../../world/identity/policy-document.ts';
import { encodeDocument } from './documents.ts';
import { deleteConflict, noSuchEntity } from './errors.ts';
import { findPolicy } from './lookup.ts';
import { pageEnd, pageOf } from './pages.ts';

const mostVersions = 5;

export const policyVersions: Operations<IAM> = {
  CreatePolicyVersion(input, call) {
    const policy = findPolicy(input, call);
    const document = required(input.PolicyDocument, 'policyDocument');
    parsePolicyDocument(document, 'identity');
    if (policy.versions.size >= mostVersions) throw limitExceeded();
    policy.createdVersions++;
    const version = { id: `v${policy.createdVersions}`, document, createdAt: call.cell.clock.now() };
    policy.versions.set(version.id, version);
    policy.updatedAt = version.createdAt;
    if (input.SetAsDefault) policy.defaultVersionId = version.id;
    return { PolicyVersion: describeVersion(policy, version) };
  },

  GetPolicyVersion(input, call) {
    const policy = findPolicy(input, call);
    const version = findVersion(policy, required(input.VersionId, 'versionId'));
    return {
      PolicyVersion: { ...describeVersion(policy, version), Document: encodeDocument(version.document) },
    };
  },

  ListPolicyVersions(input, call) {
    const policy = findPolicy(input, call);
    const page = pageOf([...policy.versions.values()], ({ id }) => id.padStart(8, ' '), input);
    return { Versions: page.items.map((version) => describeVersion(policy, version)), ...pageEnd(page) };
  },

  SetDefaultPolicyVersion(input, call) {
    const policy = findPolicy(input, call);
    policy.defaultVersionId = findVersion(policy, required(input.VersionId, 'versionId')).id;
    return {};
  },

  DeletePolicyVersion(input, call) {
    const policy = findPolicy(input, call);
    const version = findVersion(policy, required(input.VersionId, 'versionId'));
    if (version.id === policy.defaultVersionId) {
      throw deleteConflict('Cannot delete the default version of a policy.');
    }
    policy.versions.delete(version.id);
    return {};
  },
};

function findVersion(policy: ManagedPolicy, id: string): PolicyVersion {
  const version = policy.versions.get(id);
  if (!version) throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return version;
}

function limitExceeded(): AwsError {
  return new AwsError(
    'LimitExceeded',
    `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
    409,
  );
}

function describeVersion(policy: ManagedPolicy, { id, createdAt }: PolicyVersion): PolicyVersionOutput {
  return { VersionId: id, IsDefaultVersion: id === policy.defaultVersionId, CreateDate: new Date(createdAt) };
}
