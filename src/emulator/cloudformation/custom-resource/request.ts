import { isRecord, type Properties } from '../template/template.ts';

/** What a custom resource's function is invoked with. */
export interface CustomResourceRequest {
  RequestType: 'Create' | 'Update' | 'Delete';
  ServiceToken: string;
  ResponseURL: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
  /** Not on Create. */
  PhysicalResourceId?: string;
  ResourceType: string;
  ResourceProperties: unknown;
  /** On Update alone. */
  OldResourceProperties?: unknown;
}

/** Properties as custom resources get them: every number and boolean in them is a string. */
export function stringified(properties: Properties): unknown {
  return stringify(properties);
}

function stringify(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stringify);
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stringify(item)]));
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
