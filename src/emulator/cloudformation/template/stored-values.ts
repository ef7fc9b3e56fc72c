import { validationError } from '../validation-error.ts';

/** What the parameter store has under a name, or `name:version`; `undefined` where it has nothing. */
export type StoredValue = (reference: string) => string | undefined;

/** The type of the value, where a parameter of a template is the name of one that is stored. */
export function storedValueType(type: string): string | undefined {
  return /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1];
}

export function unableToFetch(reference: string): ReturnType<typeof validationError> {
  return validationError(`Unable to fetch parameters [${reference}] from parameter store for this account.`);
}
