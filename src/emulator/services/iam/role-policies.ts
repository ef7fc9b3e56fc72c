import type { IAM } from '@aws-sdk/client-iam';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { parsePolicyDocument } from '../../world/identity/policy-document.ts';
import { encodeDocument } from './documents.ts';
import { noSuchEntity } from './errors.ts';
import { findPolicy, findRole } from './lookup.ts';
import { pageEnd, pageOf } from './pages.ts';

/** What a role may do: policies written into it, and managed ones attached to it. */
export const rolePolicies: Operations<IAM> = {
  PutRolePolicy(input, call) {
    const role = findRole(input, call);
    const document = required(input.PolicyDocument, 'policyDocument');
    parsePolicyDocument(document, 'identity');
    role.inlinePolicies.set(required(input.PolicyName, 'policyName'), document);
    return {};
  },

  GetRolePolicy(input, call) {
    const role = findRole(input, call);
    const name = required(input.PolicyName, 'policyName');
    const document = role.inlinePolicies.get(name);
    if (document === undefined) throw noSuchInlinePolicy(name);
    return { RoleName: role.name, PolicyName: name, PolicyDocument: encodeDocument(document) };
  },

  DeleteRolePolicy(input, call) {
    const name = required(input.PolicyName, 'policyName');
    if (!findRole(input, call).inlinePolicies.delete(name)) throw noSuchInlinePolicy(name);
    return {};
  },

  ListRolePolicies(input, call) {
    const page = pageOf([...findRole(input, call).inlinePolicies.keys()], (name) => name, input);
    return { PolicyNames: page.items, ...pageEnd(page) };
  },

  AttachRolePolicy(input, call) {
    const role = findRole(input, call);
    const arn = required(input.PolicyArn, 'policyArn');
    if (!call.cell.identity.policies.has(arn)) {
      throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
    }
    role.attachedPolicyArns.add(arn);
    return {};
  },

  DetachRolePolicy(input, call) {
    const arn = required(input.PolicyArn, 'policyArn');
    if (!findRole(input, call).attachedPolicyArns.delete(arn))
      throw noSuchEntity(`Policy ${arn} was not found.`);
    return {};
  },

  ListAttachedRolePolicies(input, call) {
    const page = pageOf([...findRole(input, call).attachedPolicyArns], (arn) => arn, input);
    const attached = page.items.map((arn) => findPolicy({ PolicyArn: arn }, call));
    return {
      AttachedPolicies: attached.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
      ...pageEnd(page),
    };
  },
};

function noSuchInlinePolicy(name: string): Error {
  return noSuchEntity(`The role policy with name ${name} cannot be found.`);
}
