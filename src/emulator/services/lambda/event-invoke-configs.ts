import type {
  FunctionEventInvokeConfig,
  Lambda,
  PutFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import type { EventInvokeConfig, LambdaFunction } from '../../world/functions/lambda-function.ts';
import { invalidParameter, resourceNotFound } from './errors.ts';
import { findFunction, knownQualifier } from './reference.ts';

export const eventInvokeConfigs: Operations<Lambda> = {
  PutFunctionEventInvokeConfig(input, call) {
    const reference = findFunction(input, call);
    const qualifier = knownQualifier(reference);
    checkLimits(input);
    refuseDestinations(input);
    const config: EventInvokeConfig = {
      maximumRetryAttempts: input.MaximumRetryAttempts ?? 2,
      maximumEventAgeSeconds: input.MaximumEventAgeInSeconds ?? 21_600,
      lastModified: call.cell.clock.now(),
    };
    reference.target.eventInvokeConfigs.set(qualifier, config);
    return describe(reference.target, qualifier, config);
  },

  GetFunctionEventInvokeConfig(input, call) {
    const reference = findFunction(input, call);
    const qualifier = knownQualifier(reference);
    const config = reference.target.eventInvokeConfigs.get(qualifier);
    if (!config) throw notConfigured(reference.target, qualifier);
    return describe(reference.target, qualifier, config);
  },

  DeleteFunctionEventInvokeConfig(input, call) {
    const reference = findFunction(input, call);
    const qualifier = knownQualifier(reference);
    if (!reference.target.eventInvokeConfigs.delete(qualifier))
      throw notConfigured(reference.target, qualifier);
    return {};
  },
};

const limits = [
  { member: 'MaximumRetryAttempts', least: 0, most: 2 },
  { member: 'MaximumEventAgeInSeconds', least: 60, most: 21_600 },
] as const;

function checkLimits(input: PutFunctionEventInvokeConfigRequest): void {
  for (const { member, least, most } of limits) {
    const value = input[member] ?? least;
    if (value >= least && value <= most) continue;
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
}

function refuseDestinations({ DestinationConfig }: PutFunctionEventInvokeConfigRequest): void {
  if (DestinationConfig?.OnFailure?.Destination ?? DestinationConfig?.OnSuccess?.Destination) {
    throw invalidParameter(
      'DestinationConfig is not supported by this local AWS: leave the destinations out',
    );
  }
}

function describe(
  target: LambdaFunction,
  qualifier: string,
  config: EventInvokeConfig,
): FunctionEventInvokeConfig {
  return {
    FunctionArn: `${target.arn}:${qualifier}`,
    LastModified: new Date(config.lastModified),
    MaximumRetryAttempts: config.maximumRetryAttempts,
    MaximumEventAgeInSeconds: config.maximumEventAgeSeconds,
    DestinationConfig: { OnFailure: {}, OnSuccess: {} },
  };
}

function notConfigured({ arn }: LambdaFunction, qualifier: string): AwsError {
  return resourceNotFound(`The function ${arn}:${qualifier} doesn't have an EventInvokeConfig`);
}
