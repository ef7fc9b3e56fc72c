import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { FunctionVersion } from '../../world/functions/function-version.ts';
import type { LambdaFunction } from '../../world/functions/lambda-function.ts';
import { qualifiedArn } from '../../world/functions/lambda-function.ts';

/** A revision as Lambda describes it; its ARN is as it was asked for. */
export function functionConfiguration(
  target: LambdaFunction,
  version: FunctionVersion,
  qualifier?: string,
): FunctionConfiguration {
  const { settings, code } = version;
  return {
    FunctionName: version.functionName,
    FunctionArn: qualifiedArn(target, qualifier),
    Version: version.version,
    RevisionId: version.revisionId,
    LastModified: lambdaTimestamp(version.lastModified),
    State: version.state,
    ...(version.state === 'Pending' && {
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
    }),
    LastUpdateStatus: version.lastUpdateStatus,
    CodeSize: code.zip.length,
    CodeSha256: code.sha256,
    PackageType: 'Zip',
    Runtime: settings.runtime,
    Handler: settings.handler,
    Role: settings.role,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memorySizeMb,
    EphemeralStorage: { Size: settings.ephemeralStorageMb },
    ...(Object.keys(settings.environment).length > 0 && {
      Environment: { Variables: { ...settings.environment } },
    }),
    ...(settings.vpc && {
      VpcConfig: { SubnetIds: settings.vpc.subnetIds, SecurityGroupIds: settings.vpc.securityGroupIds },
    }),
    Architectures: [settings.architecture],
    LoggingConfig: { LogFormat: settings.logFormat, LogGroup: settings.logGroup },
    TracingConfig: { Mode: settings.tracingMode },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  };
}

/** `2026-01-01T00:00:00.000+0000`: Lambda writes the zone as an offset. */
function lambdaTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}
