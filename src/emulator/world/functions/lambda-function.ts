import type { FunctionVersion } from './function-version.ts';
import { latest } from './function-version.ts';
import type { PermissionStatement } from './resource-policy.ts';

export interface LambdaFunction {
  readonly name: string;
  /** Without a qualifier. */
  readonly arn: string;
  /** Revision under `$LATEST`. */
  latest: FunctionVersion;
  /** Published versions, by number. */
  versions: Map<string, FunctionVersion>;
  /** How many there have been: the number of a deleted version does not come again. */
  publishedVersions: number;
  /** By name. */
  aliases: Map<string, Alias>;
  /** Resource policies: by qualifier (`$LATEST` for the function itself), then statement id. */
  permissions: Map<string, Map<string, PermissionStatement>>;
  /** By qualifier. */
  eventInvokeConfigs: Map<string, EventInvokeConfig>;
  reservedConcurrency: number | undefined;
  /** Invocations under way. */
  running: number;
  tags: Map<string, string>;
}

export interface Alias {
  name: string;
  functionVersion: string;
  description: string;
  revisionId: string;
}

/** How asynchronous invocations are retried. */
export interface EventInvokeConfig {
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  lastModified: number;
}

/** What a qualifier (a version, an alias, or none) stands for now. */
export function versionOf(target: LambdaFunction, qualifier: string = latest): FunctionVersion | undefined {
  if (qualifier === latest) return target.latest;
  return target.versions.get(target.aliases.get(qualifier)?.functionVersion ?? qualifier);
}

/** ARN as it is invoked: with the qualifier, if one was given. */
export function qualifiedArn(target: LambdaFunction, qualifier: string | undefined): string {
  return qualifier === undefined ? target.arn : `${target.arn}:${qualifier}`;
}
