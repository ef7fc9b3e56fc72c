import { AwsError } from '../core/aws-error.ts';

/** What CloudFormation answers to a request or a template that it cannot take. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
