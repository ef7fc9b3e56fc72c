import type { Dimension } from '@aws-sdk/client-cloudwatch';
import { invalidValue } from './errors.ts';

const mostDimensions = 30;

/** @throws AwsError `InvalidParameterValue` */
export function readDimensions(dimensions: readonly Dimension[] = []): Record<string, string> {
  if (dimensions.length > mostDimensions) {
    throw invalidValue(`The collection Dimensions must not have a size greater than ${mostDimensions}.`);
  }
  const empty = dimensions.find(({ Name, Value }) => !Name || !Value);
  if (empty) throw invalidValue('A dimension must have a Name and a Value that are not empty.');
  return Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
}

export function writeDimensions(dimensions: Readonly<Record<string, string>>): Dimension[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}
