import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { BridgeApiOptions } from './api-options.ts';

const format = apigateway.AccessLogFormat.jsonWithStandardFields();

/** How the stage of an HTTP or WebSocket API logs requests, where it does. */
export function accessLogs({ accessLogGroup }: BridgeApiOptions): Partial<apigatewayv2.StageOptions> {
  if (!accessLogGroup) return {};
  const destination = new apigatewayv2.LogGroupLogDestination(accessLogGroup);
  return { accessLogSettings: { destination, format } };
}

/** The same for a stage that is no construct of the second level. */
export function accessLogSettings({
  logGroupArn,
}: logs.ILogGroup): apigatewayv2.CfnStage.AccessLogSettingsProperty {
  return { destinationArn: logGroupArn, format: format.toString() };
}
