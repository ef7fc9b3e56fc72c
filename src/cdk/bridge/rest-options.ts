import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import type { BridgeApiOptions } from './api-options.ts';

/** Who may call a method. */
export function methodOptions(props: BridgeApiOptions): apigateway.MethodOptions {
  const { authorizer, authorizationScopes, authorizationType, usagePlan } = props;
  return {
    ...(authorizer && { authorizer: authorizer as apigateway.IAuthorizer }),
    ...(authorizationScopes && { authorizationScopes }),
    ...(authorizationType && { authorizationType }),
    ...(usagePlan && { apiKeyRequired: true }),
  };
}

/** How the stage is deployed. */
export function deployOptions({
  accessLogGroup,
  loggingLevel,
  stageVariables,
}: BridgeApiOptions): apigateway.StageOptions {
  return {
    ...(accessLogGroup && {
      accessLogDestination: new apigateway.LogGroupLogDestination(accessLogGroup),
      accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
    }),
    ...(loggingLevel && { loggingLevel }),
    ...(stageVariables && { variables: stageVariables }),
  };
}

/** What the L2 stage does not know: a name that is a parameter, a canary. */
export function completeStage(
  stage: apigateway.CfnStage,
  { canary, stageName }: BridgeApiOptions & { readonly stageName: string },
): void {
  // RestApi makes deployOptions.stageName part of a logical id, which a parameter can't be.
  stage.stageName = stageName;
  if (!canary) return;
  stage.canarySetting = {
    deploymentId: stage.deploymentId,
    percentTraffic: canary.percentTraffic,
    stageVariableOverrides: canary.stageVariableOverrides,
  };
  if (canary.stableDeploymentId) stage.deploymentId = canary.stableDeploymentId;
}

/** Makes the plan of the API's stage; gives its keys: those given, or else a new one. */
export function addUsagePlan(
  scope: Construct,
  restApi: apigateway.RestApiBase,
  props: apigateway.UsagePlanProps,
  apiKeys: apigateway.IApiKey[] = [new apigateway.ApiKey(scope, 'ApiKey')],
): apigateway.IApiKey[] {
  const usagePlan = new apigateway.UsagePlan(scope, 'UsagePlan', props);
  usagePlan.addApiStage({ stage: restApi.deploymentStage });
  for (const apiKey of apiKeys) usagePlan.addApiKey(apiKey);
  return apiKeys;
}
