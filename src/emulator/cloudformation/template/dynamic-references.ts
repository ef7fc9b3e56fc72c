import { validationError } from '../validation-error.ts';
import { evaluate, type Scope } from './intrinsics.ts';
import { isRecord } from './template.ts';

const dynamicReference = /\{\{resolve:([\w-]+):([^{}]+)\}\}/g;

/**
 * The value with every function in it resolved, and then every `{{resolve:ssm:name}}`, which functions may have put
 * together.
 *
 * @throws AwsError `ValidationError`, in CloudFormation's words
 */
export function evaluateWhole(value: unknown, scope: Scope): unknown {
  return dereference(evaluate(value, scope), scope);
}

function dereference(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    return value.replace(dynamicReference, (_match, service: string, reference: string) =>
      resolve(service, reference, scope),
    );
  }
  if (Array.isArray(value)) return value.map((item) => dereference(item, scope));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, dereference(item, scope)]));
}

function resolve(service: string, reference: string, scope: Scope): string {
  if (service === 'ssm' || service === 'ssm-secure') return scope.storedValue(reference);
  throw validationError(
    `Template format error: dynamic references to ${service} are not supported by this local AWS: only ssm and ssm-secure are`,
  );
}
