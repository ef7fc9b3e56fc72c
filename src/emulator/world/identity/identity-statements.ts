import type { Identity } from './identity.ts';
import { type PolicyStatement, parsePolicyDocument } from './policy-document.ts';
import type { Role } from './role.ts';

/** What a role's own policies and those attached to it say. */
export function identityStatements({ policies }: Identity, role: Role): PolicyStatement[] {
  const attached = [...role.attachedPolicyArns].flatMap((arn) => {
    const policy = policies.get(arn);
    return policy?.versions.get(policy.defaultVersionId)?.document ?? [];
  });
  return [...role.inlinePolicies.values(), ...attached].flatMap((text) =>
    parsePolicyDocument(text, 'identity'),
  );
}
