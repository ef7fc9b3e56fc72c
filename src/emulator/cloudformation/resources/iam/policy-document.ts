import { ResourceFailure } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';

/** A policy as IAM's calls take it: as text. */
export function policyDocument(properties: Properties, name: string): string {
  const document = properties[name];
  if (isRecord(document)) return JSON.stringify(document);
  throw new ResourceFailure(`Value of property ${name} must be of type Json`);
}
