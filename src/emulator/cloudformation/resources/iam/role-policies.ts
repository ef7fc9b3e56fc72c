import { execute } from '../../../core/execute.ts';
import type { Call } from '../../../core/service.ts';
import { iam } from '../../../services/iam/index.ts';
import { saysGone } from '../../says-gone.ts';

/** By name: the documents of a role's inline policies. */
export type InlinePolicies = ReadonlyMap<string, string>;

/** Gives a role the inline policies it should have, and takes those away that it had and no longer should. */
export async function changeInlinePolicies(
  RoleName: string,
  desired: InlinePolicies,
  current: InlinePolicies,
  call: Call,
): Promise<void> {
  for (const [PolicyName, PolicyDocument] of desired) {
    await execute(iam, 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument }, call);
  }
  for (const PolicyName of current.keys()) {
    if (desired.has(PolicyName)) continue;
    await unlessGone(execute(iam, 'DeleteRolePolicy', { RoleName, PolicyName }, call));
  }
}

/** The same for managed policies, which are attached. */
export async function changeAttachedPolicies(
  RoleName: string,
  desired: readonly string[],
  current: readonly string[],
  call: Call,
): Promise<void> {
  for (const PolicyArn of desired) await execute(iam, 'AttachRolePolicy', { RoleName, PolicyArn }, call);
  for (const PolicyArn of current) {
    if (desired.includes(PolicyArn)) continue;
    await unlessGone(execute(iam, 'DetachRolePolicy', { RoleName, PolicyArn }, call));
  }
}

async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!saysGone(error)) throw error;
  }
}
