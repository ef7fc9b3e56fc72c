import type { Cell } from '../../core/cell.ts';
import type { HeaderPairs } from '../http/header-pairs.ts';
import type { Authorized } from './authorized.ts';
import { judge } from './execute-api-policy.ts';
import { accessDenied, missingAuthenticationToken } from './gateway-answer.ts';
import { signedCaller } from './signed-caller.ts';

/** Asks whether who signed a request may invoke what has the ARN. HTTP APIs answer otherwise. */
export function authorizeBySignature(
  request: { cell: Cell; headers: HeaderPairs; query: string },
  arn: string,
): Authorized {
  const caller = signedCaller(request.cell, request);
  if (!caller) return { refusal: missingAuthenticationToken() };
  const judged = judge(caller.statements, arn);
  if (judged !== 'allowed') return { refusal: accessDenied(judged === 'denied') };
  return { authorizer: { principalId: caller.arn } };
}
