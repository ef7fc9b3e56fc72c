import { AwsError } from '../../core/aws-error.ts';
import { type Random, uuid } from '../../core/random.ts';
import { ResourceFailure } from '../resource-provider.ts';

/** Why a resource failed, as its event says it. */
export function failureReason(error: unknown, random: Random): string {
  if (error instanceof ResourceFailure) return error.message;
  const [message, code] =
    error instanceof AwsError
      ? [
          `${error.message} (Error Code: ${error.code}, Status Code: ${error.status})`,
          'GeneralServiceException',
        ]
      : [error instanceof Error ? error.message : String(error), 'InternalFailure'];
  return `Resource handler returned message: "${message}" (RequestToken: ${uuid(random)}, HandlerErrorCode: ${code})`;
}
