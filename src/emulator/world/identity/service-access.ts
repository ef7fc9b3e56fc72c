import type { RequestContext } from './condition.ts';
import type { PolicyStatement } from './policy-document.ts';
import { allows } from './policy-evaluation.ts';

/** What a service wants to do with somebody's resource. */
export interface ServiceAccess {
  /** `events.amazonaws.com` */
  principal: string;
  /** What it acts for: a rule's ARN, an alarm's, a topic's. */
  sourceArn: string;
  sourceAccount: string;
  /** `lambda:InvokeFunction` */
  action: string;
  resource: string;
}

/** Whether the statements of a resource's policy let a service act, by these and by what else it tells of itself. */
export function letsService(
  statements: readonly PolicyStatement[],
  { principal, sourceArn, sourceAccount, action, resource }: ServiceAccess,
  more: RequestContext = {},
): boolean {
  return allows(statements, {
    principal: { service: principal },
    action,
    resource,
    context: {
      'aws:SourceArn': sourceArn,
      'aws:SourceAccount': sourceAccount,
      // What happens here never leaves the machine, and is taken for encrypted.
      'aws:SecureTransport': 'true',
      ...more,
    },
  });
}
