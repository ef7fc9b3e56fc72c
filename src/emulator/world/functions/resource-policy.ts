import type { PolicyStatement } from '../identity/policy-document.ts';
import { letsService, type ServiceAccess } from '../identity/service-access.ts';
import { latest } from './function-version.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** A statement of a function's resource policy, as `AddPermission` writes it. */
export interface PermissionStatement extends PolicyStatement {
  Sid: string;
}

type ServiceRequest = Pick<ServiceAccess, 'principal' | 'sourceArn' | 'sourceAccount'>;

/** Whether the resource policy lets a service invoke the function under a qualifier. */
export function permits(
  target: LambdaFunction,
  qualifier: string | undefined,
  request: ServiceRequest,
): boolean {
  const statements = target.permissions.get(qualifier ?? latest);
  if (!statements) return false;
  const resource = qualifier === undefined ? target.arn : `${target.arn}:${qualifier}`;
  return letsService([...statements.values()], { ...request, action: 'lambda:InvokeFunction', resource });
}
