import type { Cell } from '../../core/cell.ts';
import { readCredential } from '../../endpoint/signature.ts';
import { identityStatements } from '../../world/identity/identity-statements.ts';
import type { PolicyStatement } from '../../world/identity/policy-document.ts';
import { type HeaderPairs, valuesOf } from '../http/header-pairs.ts';

/** Who signed a request, and what they may do; the signature itself is not checked. */
export interface SignedCaller {
  arn: string;
  /** Of the role; an account's root may do anything. */
  statements: readonly PolicyStatement[];
}

/** Undefined where the request is not signed for `execute-api`. */
export function signedCaller(
  { identity, account }: Cell,
  { headers, query }: { headers: HeaderPairs; query: string },
): SignedCaller | undefined {
  const [authorization = ''] = valuesOf(headers, 'authorization');
  const credential = readCredential({
    method: '',
    path: '',
    query: new URLSearchParams(query),
    headers: { authorization },
    body: new Uint8Array(),
  });
  if (credential?.service !== 'execute-api') return undefined;
  const session = identity.session(credential.accessKeyId);
  if (!session) return { arn: `arn:aws:iam::${account}:root`, statements: [ANYTHING] };
  const role = identity.roleByArn(session.roleArn);
  return { arn: session.callerArn, statements: role ? identityStatements(identity, role) : [] };
}

const ANYTHING: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' };
