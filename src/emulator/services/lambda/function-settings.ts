import type {
  CreateFunctionRequest,
  UpdateFunctionConfigurationRequest,
  VpcConfig,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import { required } from '../../core/required.ts';
import type { FunctionSettings } from '../../world/functions/function-version.ts';
import { reservedVariables } from '../../world/functions/reserved-variables.ts';
import { parsePolicyDocument } from '../../world/identity/policy-document.ts';
import { allows } from '../../world/identity/policy-evaluation.ts';
import { invalidParameter } from './errors.ts';

type SettingsInput = Omit<CreateFunctionRequest, 'Code' | 'Role'> & UpdateFunctionConfigurationRequest;

/** A new function's settings, with Lambda's defaults where the input says nothing. */
export function newSettings(input: CreateFunctionRequest, cell: Cell): FunctionSettings {
  if (input.PackageType === 'Image')
    throw invalidParameter('container images are not run by this local AWS; use a .zip file');
  const name = required(input.FunctionName, 'functionName');
  return checked(
    {
      runtime: required(input.Runtime, 'runtime'),
      handler: required(input.Handler, 'handler'),
      role: required(input.Role, 'role'),
      description: '',
      timeoutSeconds: 3,
      memorySizeMb: 128,
      ephemeralStorageMb: 512,
      environment: {},
      architecture: 'x86_64',
      logFormat: 'Text',
      tracingMode: 'PassThrough',
      vpc: undefined,
      logGroup: `/aws/lambda/${name}`,
    },
    input,
    cell,
  );
}

export function changedSettings(
  current: FunctionSettings,
  input: UpdateFunctionConfigurationRequest,
  cell: Cell,
): FunctionSettings {
  return checked(current, input, cell);
}

function checked(base: FunctionSettings, input: SettingsInput, cell: Cell): FunctionSettings {
  refuseUnsupported(input);
  const settings: FunctionSettings = {
    runtime: input.Runtime ?? base.runtime,
    handler: input.Handler ?? base.handler,
    role: input.Role ?? base.role,
    description: input.Description ?? base.description,
    timeoutSeconds: input.Timeout ?? base.timeoutSeconds,
    memorySizeMb: input.MemorySize ?? base.memorySizeMb,
    ephemeralStorageMb: input.EphemeralStorage?.Size ?? base.ephemeralStorageMb,
    environment: input.Environment ? { ...input.Environment.Variables } : base.environment,
    architecture: input.Architectures?.[0] ?? base.architecture,
    logFormat: input.LoggingConfig?.LogFormat ?? base.logFormat,
    logGroup: input.LoggingConfig?.LogGroup ?? base.logGroup,
    tracingMode: input.TracingConfig?.Mode ?? base.tracingMode,
    vpc: input.VpcConfig ? vpcSettings(input.VpcConfig) : base.vpc,
  };
  for (const check of [checkRuntime, checkLimits, checkEnvironment]) check(settings);
  checkRole(settings.role, cell);
  return settings;
}

/** Empty lists take a function out of its VPC. In or out, it runs the same here: addresses are reachable to all. */
function vpcSettings({ SubnetIds = [], SecurityGroupIds = [] }: VpcConfig): FunctionSettings['vpc'] {
  return SubnetIds.length > 0 ? { subnetIds: SubnetIds, securityGroupIds: SecurityGroupIds } : undefined;
}

/** What would silently not happen is refused. */
function refuseUnsupported(input: SettingsInput): void {
  const unsupported = {
    Layers: input.Layers?.length,
    FileSystemConfigs: input.FileSystemConfigs?.length,
    'DeadLetterConfig.TargetArn': input.DeadLetterConfig?.TargetArn,
  };
  const [name] = Object.entries(unsupported).find(([, value]) => value) ?? [];
  if (name) throw invalidParameter(`${name} is not supported by this local AWS`);
}

function checkRuntime({ runtime }: FunctionSettings): void {
  if (/^nodejs\d+\.x$/.test(runtime)) return;
  throw invalidParameter(
    `The runtime parameter of ${runtime} is not run by this local AWS, which runs Node.js: nodejs24.x`,
  );
}

const limits = [
  { member: 'timeout', setting: 'timeoutSeconds', least: 1, most: 900 },
  { member: 'memorySize', setting: 'memorySizeMb', least: 128, most: 10_240 },
] as const;

function checkLimits(settings: FunctionSettings): void {
  for (const { member, setting, least, most } of limits) {
    const value = settings[setting];
    if (value >= least && value <= most) continue;
    const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
}

function checkEnvironment({ environment }: FunctionSettings): void {
  const reserved = Object.keys(environment).filter((name) => reservedVariables.includes(name));
  if (reserved.length > 0) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(environment));
  if (bytes > 4096) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${bytes} bytes`,
    );
  }
}

/** The role must be there and trust Lambda; it may have been made for another function long ago. */
function checkRole(arn: string, { identity }: Cell): void {
  const role = identity.roleByArn(arn);
  const trusted =
    role !== undefined &&
    allows(parsePolicyDocument(role.assumeRolePolicyDocument, 'trust'), {
      principal: { service: 'lambda.amazonaws.com' },
      action: 'sts:AssumeRole',
      context: {},
    });
  if (!trusted) throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
}
