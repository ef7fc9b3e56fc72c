import { AwsError } from '../../core/aws-error.ts';

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

export function resourceConflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, 409);
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404);
}
