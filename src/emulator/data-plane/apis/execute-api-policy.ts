import type { PolicyStatement } from '../../world/identity/policy-document.ts';
import { allows } from '../../world/identity/policy-evaluation.ts';

/** What statements say to a request: an explicit denial is told from the lack of permission. */
export type Verdict = 'allowed' | 'denied' | 'not-allowed';

/** Judges `execute-api:Invoke` on a method's ARN. */
export function judge(statements: readonly PolicyStatement[], methodArn: string): Verdict {
  const principal = { service: 'apigateway.amazonaws.com' };
  const request = { principal, action: 'execute-api:Invoke', resource: methodArn, context: {} };
  if (allows(statements, request)) return 'allowed';
  const denials = statements.filter(({ Effect }) => Effect === 'Deny');
  const reversed = denials.map((statement) => ({ ...statement, Effect: 'Allow' as const }));
  return allows(reversed, request) ? 'denied' : 'not-allowed';
}
