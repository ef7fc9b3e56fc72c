import type { Architecture, LogFormat, Runtime, TracingMode } from '@aws-sdk/client-lambda';

export const latest = '$LATEST';

/** What `UpdateFunctionConfiguration` can change. */
export interface FunctionSettings {
  runtime: Runtime;
  handler: string;
  /** ARN of the execution role. */
  role: string;
  description: string;
  timeoutSeconds: number;
  memorySizeMb: number;
  ephemeralStorageMb: number;
  environment: Readonly<Record<string, string>>;
  architecture: Architecture;
  logFormat: LogFormat;
  logGroup: string;
  tracingMode: TracingMode;
  vpc: { subnetIds: string[]; securityGroupIds: string[] } | undefined;
}

export interface FunctionCode {
  zip: Uint8Array;
  /** Base64, as Lambda writes it. */
  sha256: string;
}

/**
 * One revision of a function. Settings and code never change: an update puts another revision in its place, so that
 * what is running or warm belongs to exactly one.
 */
export interface FunctionVersion {
  readonly functionName: string;
  readonly arn: string;
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly revisionId: string;
  readonly settings: FunctionSettings;
  readonly code: FunctionCode;
  readonly lastModified: number;
  state: 'Pending' | 'Active';
  lastUpdateStatus: 'InProgress' | 'Successful';
}
