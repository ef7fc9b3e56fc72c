import type { AwsError } from '../core/aws-error.ts';
import type { ServiceModel } from '../core/service.ts';
import { schemasOf } from './sdk-schemas.ts';

/** The code that the Query protocol has for an error, where the model remembers one. */
export function queryErrorCode(model: ServiceModel, code: string): string | undefined {
  const schema = schemasOf(model)[`${code}$`];
  const traits: unknown = Array.isArray(schema) ? schema[3] : undefined;
  const told = (traits as { awsQueryError?: readonly [string, number] } | undefined)?.awsQueryError;
  return told?.[0];
}

/** Services that spoke the Query protocol once tell its error codes as well, for the clients that know those. */
export function queryErrorHeader(model: ServiceModel, { code, status }: AwsError): Record<string, string> {
  const queryCode = queryErrorCode(model, code);
  if (queryCode === undefined) return {};
  return { 'x-amzn-query-error': `${queryCode};${status < 500 ? 'Sender' : 'Receiver'}` };
}
