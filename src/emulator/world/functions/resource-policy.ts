import type { PolicyStatement } from '../identity/policy-document.ts';
import { allows } from '../identity/policy-evaluation.ts';
import { latest } from './function-version.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** A statement of a function's resource policy, as `AddPermission` writes it. */
export interface PermissionStatement extends PolicyStatement {
  Sid: string;
}

export interface ServiceRequest {
  /** `events.amazonaws.com` */
  principal: string;
  /** ARN of what the service invokes for: a rule, an API's method. */
  sourceArn: string;
  sourceAccount: string;
}

/** Whether the resource policy lets a service invoke the function under a qualifier. */
export function permits(
  target: LambdaFunction,
  qualifier: string | undefined,
  request: ServiceRequest,
): boolean {
  const statements = target.permissions.get(qualifier ?? latest);
  if (!statements) return false;
  return allows([...statements.values()], {
    principal: { service: request.principal },
    action: 'lambda:InvokeFunction',
    resource: qualifier === undefined ? target.arn : `${target.arn}:${qualifier}`,
    context: { 'aws:SourceArn': request.sourceArn, 'aws:SourceAccount': request.sourceAccount },
  });
}
