import { AwsError } from '../core/aws-error.ts';

/** Whether an error says that what it was asked about is not there. */
export function saysGone(error: unknown): boolean {
  return error instanceof AwsError && /NotFound|^NoSuch|DoesNotExist$/.test(error.code);
}
