import { AwsError } from '../../core/aws-error.ts';

export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message, 400);
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, 409);
}

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, 404);
}
