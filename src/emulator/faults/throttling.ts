import { AwsError } from '../core/aws-error.ts';
import type { ServiceModel } from '../core/service.ts';

/** What a service answers to one call too many. */
export function throttled({ protocol, signingName }: ServiceModel): AwsError {
  if (protocol === 'ec2-query') return new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503);
  if (signingName === 's3') return new AwsError('SlowDown', 'Please reduce your request rate.', 503);
  if (signingName === 'lambda') return new AwsError('TooManyRequestsException', 'Rate exceeded', 429);
  if (protocol === 'query') return new AwsError('Throttling', 'Rate exceeded');
  return new AwsError('ThrottlingException', 'Rate exceeded');
}
