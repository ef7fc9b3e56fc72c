import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';

/** One value that a parameter has or had. */
export interface ParameterVersion {
  version: number;
  value: string;
  type: ParameterType;
  dataType: string;
  description: string | undefined;
  allowedPattern: string | undefined;
  keyId: string | undefined;
  tier: ParameterTier;
  modifiedAt: number;
  /** ARN of who wrote it. */
  modifiedBy: string;
}

export interface StoredParameter {
  name: string;
  arn: string;
  /** The oldest first; never empty. */
  versions: ParameterVersion[];
  tags: Map<string, string>;
}

/** The version in force. */
export function latest({ name, versions }: StoredParameter): ParameterVersion {
  const version = versions.at(-1);
  if (!version) throw new Error(`the parameter ${name} has no version`);
  return version;
}
