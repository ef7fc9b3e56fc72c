import { AwsError } from './aws-error.ts';

/**
 * A member of the input that the model requires. The endpoint has refused calls that lack it; calls from within are
 * refused here.
 */
export function required<T>(value: T | undefined, member: string): T {
  if (value !== undefined) return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}
