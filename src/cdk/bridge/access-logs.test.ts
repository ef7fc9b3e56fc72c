import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { expect, test } from 'vitest';
import { bridgeStack } from '../testing/bridge-stack.ts';
import { ApiGatewayAlbBridge } from './api-gateway-alb-bridge.ts';
import type { BridgeApiOptions } from './api-options.ts';

test('has load balancers log to a bucket, an NLB only where it has connections of TLS', () => {
  const env = { account: '123456789012', region: 'us-east-1' };
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack', { env });
  const code = lambda.Code.fromInline('exports.handler = async () => {}');
  new ApiGatewayAlbBridge(stack, 'Bridge', {
    accessLogsBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs'),
    addressesCode: code,
    nlbCertificate: elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:123456789012:certificate/1'),
    serverName: 'api.example.com',
    syncCode: code,
    targets: [new IpTarget('10.0.0.10')],
  });
  const template = Template.fromStack(stack);
  for (const [Type, prefix] of [
    ['application', 'alb'],
    ['network', 'nlb'],
  ]) {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([
        { Key: 'access_logs.s3.bucket', Value: 'logs' },
        { Key: 'access_logs.s3.prefix', Value: prefix },
      ]),
      Type,
    });
  }
});

const openApi = { openapi: '3.0.1', paths: { '/': { get: {} } } };
const [v1, v2] = ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'];

test.each<{ name: string; options: BridgeApiOptions; stage: string }>([
  { name: 'a REST API', options: {}, stage: v1 },
  { name: 'a REST API of a document', options: { openApi }, stage: v1 },
  { name: 'an HTTP API', options: { apiType: 'HTTP' }, stage: v2 },
  { name: 'an HTTP API of a document', options: { apiType: 'HTTP', openApi }, stage: v2 },
  { name: 'a WebSocket API', options: { apiType: 'WEBSOCKET' }, stage: v2 },
])('has $name log its requests', ({ options, stage }) => {
  const { stack } = bridgeStack((scope) => ({
    accessLogGroup: new logs.LogGroup(scope, 'AccessLogs'),
    ...options,
  }));
  const settings = {
    DestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('AccessLogs'), 'Arn'] },
    Format: Match.stringLikeRegexp('requestId'),
  };
  Template.fromStack(stack).hasResourceProperties(stage, {
    [stage === v1 ? 'AccessLogSetting' : 'AccessLogSettings']: settings,
  });
});

test('has a REST API log its own work, and no other', () => {
  const loggingLevel = apigateway.MethodLoggingLevel.ERROR;
  Template.fromStack(bridgeStack({ loggingLevel }).stack).hasResourceProperties(v1, {
    MethodSettings: [Match.objectLike({ LoggingLevel: 'ERROR' })],
  });
  expect(() => bridgeStack({ apiType: 'HTTP', loggingLevel })).toThrow('loggingLevel is for REST APIs only');
});
