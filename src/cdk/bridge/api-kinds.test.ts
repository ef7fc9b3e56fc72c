import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer, WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { bridgeStack, resourcesOf } from '../testing/bridge-stack.ts';

type Options = Parameters<typeof bridgeStack>[0];

function synthesize(options: Options): Template {
  return Template.fromStack(bridgeStack(options).stack);
}

const document = {
  openapi: '3.0.1',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders': { get: {}, post: {} },
    '/orders/{id}': { parameters: [{ in: 'path', name: 'id', required: true }], get: {} },
    '/files/{path+}': { 'x-amazon-apigateway-any-method': {} },
    '/ping': { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } },
  },
};

describe('an HTTP API', () => {
  const template = synthesize({ apiType: 'HTTP' });

  test('is led through a VPC link V2 to the listener of the NLB, without the stage in the path', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      ConnectionId: { Ref: Match.stringLikeRegexp('Link') },
      ConnectionType: 'VPC_LINK',
      IntegrationMethod: 'ANY',
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: { Ref: Match.stringLikeRegexp('NlbListener') },
      PayloadFormatVersion: '1.0',
      RequestParameters: { 'overwrite:path': '$request.path' },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$default' });
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { AutoDeploy: true, StageName: '$default' });
    template.resourceCountIs('AWS::ApiGateway::RestApi', 0);
    template.resourceCountIs('AWS::ApiGateway::VpcLink', 0);
  });

  test('takes a JWT authorizer', () => {
    const authorizer = new HttpJwtAuthorizer('Jwt', 'https://issuer.example', { jwtAudience: ['me'] });
    const made = synthesize({ apiType: 'HTTP', authorizationScopes: ['read'], authorizer });
    made.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      AuthorizationScopes: ['read'],
      AuthorizationType: 'JWT',
    });
  });

  test('can be one that is there', () => {
    const made = synthesize((stack) => ({
      apiType: 'HTTP',
      existingHttpApi: apigatewayv2.HttpApi.fromHttpApiAttributes(stack, 'Api', { httpApiId: 'abc123' }),
    }));
    made.resourceCountIs('AWS::ApiGatewayV2::Api', 0);
    made.hasResourceProperties('AWS::ApiGatewayV2::Route', { ApiId: 'abc123' });
  });

  test('has the operations of a document', () => {
    const made = synthesize({ apiType: 'HTTP', openApi: document });
    made.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      Body: Match.objectLike({
        paths: Match.objectLike({
          '/orders': Match.objectLike({
            post: {
              'x-amazon-apigateway-integration': Match.objectLike({
                connectionType: 'VPC_LINK',
                payloadFormatVersion: '1.0',
                uri: { Ref: Match.stringLikeRegexp('NlbListener') },
              }),
            },
          }),
        }),
      }),
    });
  });
});

describe('a WebSocket API', () => {
  test('tells the targets of connections and messages through the NLB', () => {
    const template = synthesize({ apiType: 'WEBSOCKET', authorizer: new WebSocketIamAuthorizer() });
    template.resourceCountIs('AWS::ApiGatewayV2::Integration', 3);
    template.allResourcesProperties('AWS::ApiGatewayV2::Integration', {
      ConnectionId: { Ref: Match.stringLikeRegexp('VpcLink') },
      ConnectionType: 'VPC_LINK',
      IntegrationMethod: 'POST',
      IntegrationType: 'HTTP_PROXY',
      RequestParameters: { 'integration.request.header.connectionId': 'context.connectionId' },
    });
    const routes = template.findResources('AWS::ApiGatewayV2::Route');
    const byKey = Object.values(routes).map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
    ]);
    expect(byKey.sort()).toEqual([
      ['$connect', 'AWS_IAM'],
      ['$default', 'NONE'],
      ['$disconnect', 'NONE'],
    ]);
  });
});

describe('an OpenAPI document', () => {
  const restApi = resourcesOf(bridgeStack({ openApi: document }).stack).find(
    ({ Type }) => Type === 'AWS::ApiGateway::RestApi',
  );
  const paths: Record<string, Record<string, Record<string, unknown>>> = restApi?.Properties.Body.paths;
  const integrationOf = (path: string, method: string) =>
    paths[path]?.[method]?.['x-amazon-apigateway-integration'];

  test('gets an integration for each operation that has none', () => {
    expect(integrationOf('/orders/{id}', 'get')).toEqual({
      connectionId: { Ref: expect.stringMatching('VpcLink') },
      connectionType: 'VPC_LINK',
      httpMethod: 'GET',
      passthroughBehavior: 'when_no_match',
      requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
      type: 'http_proxy',
      uri: {
        'Fn::Join': ['', ['http://', { 'Fn::GetAtt': [expect.any(String), 'DNSName'] }, '/orders/{id}']],
      },
    });
  });

  test('declares the parameters of paths that it leaves out', () => {
    expect(paths['/files/{path+}']?.['x-amazon-apigateway-any-method']).toMatchObject({
      parameters: [{ in: 'path', name: 'path', required: true, schema: { type: 'string' } }],
      'x-amazon-apigateway-integration': { httpMethod: 'ANY' },
    });
  });

  test('keeps the integrations that it has', () => {
    expect(integrationOf('/ping', 'get')).toEqual({ type: 'mock' });
  });

  test('is deployed anew when the path changes', () => {
    const deployment = (options: Options) =>
      Object.keys(synthesize(options).findResources('AWS::ApiGateway::Deployment'));
    expect(deployment({ openApi: document })).not.toEqual(deployment({ openApi: document, path: 'direct' }));
  });
});

describe('who may call a REST API', () => {
  test('has a usage plan with a quota and a throttle, and asks for keys', () => {
    const { bridge, stack } = bridgeStack({
      usagePlan: {
        quota: { limit: 100, period: apigateway.Period.DAY },
        throttle: { burstLimit: 5, rateLimit: 2 },
      },
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      ApiStages: [Match.objectLike({ Stage: { Ref: Match.anyValue() } })],
      Quota: { Limit: 100, Period: 'DAY' },
      Throttle: { BurstLimit: 5, RateLimit: 2 },
    });
    template.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 1);
    template.allResourcesProperties('AWS::ApiGateway::Method', { ApiKeyRequired: true });
    expect(bridge.apiKeys).toHaveLength(1);
  });

  test('takes a Cognito authorizer and its scopes', () => {
    const template = synthesize((stack) => ({
      authorizationScopes: ['api/read'],
      authorizer: new apigateway.CognitoUserPoolsAuthorizer(stack, 'Authorizer', {
        cognitoUserPools: [new cognito.UserPool(stack, 'Pool')],
      }),
    }));
    template.allResourcesProperties('AWS::ApiGateway::Method', {
      AuthorizationScopes: ['api/read'],
      AuthorizationType: 'COGNITO_USER_POOLS',
    });
  });

  test('takes a Lambda authorizer', () => {
    const template = synthesize((stack) => ({
      authorizer: new apigateway.TokenAuthorizer(stack, 'Authorizer', {
        handler: new lambda.Function(stack, 'Handler', {
          code: lambda.Code.fromInline('exports.handler = async () => {}'),
          handler: 'index.handler',
          runtime: lambda.Runtime.NODEJS_24_X,
        }),
      }),
    }));
    template.allResourcesProperties('AWS::ApiGateway::Method', { AuthorizationType: 'CUSTOM' });
  });

  test('takes IAM', () => {
    const template = synthesize({ authorizationType: apigateway.AuthorizationType.IAM });
    template.allResourcesProperties('AWS::ApiGateway::Method', { AuthorizationType: 'AWS_IAM' });
  });
});

test('leaves most requests with a deployment, and gives a canary the newest', () => {
  const template = synthesize({
    canary: { percentTraffic: 10, stableDeploymentId: 'stable', stageVariableOverrides: { to: 'new' } },
    stageVariables: { to: 'old' },
  });
  template.hasResourceProperties('AWS::ApiGateway::Stage', {
    CanarySetting: {
      DeploymentId: { Ref: Match.stringLikeRegexp('Deployment') },
      PercentTraffic: 10,
      StageVariableOverrides: { to: 'new' },
    },
    DeploymentId: 'stable',
    Variables: { to: 'old' },
  });
  template.hasResource('AWS::ApiGateway::Deployment', { DeletionPolicy: 'Retain' });
});

test('adds its methods to a REST API that is there', () => {
  const template = synthesize((stack) => ({
    existingRestApi: apigateway.RestApi.fromRestApiAttributes(stack, 'Api', {
      restApiId: 'abc123',
      rootResourceId: 'root',
    }),
  }));
  template.resourceCountIs('AWS::ApiGateway::RestApi', 0);
  template.resourceCountIs('AWS::ApiGateway::Stage', 0);
  template.resourcePropertiesCountIs('AWS::ApiGateway::Method', { RestApiId: 'abc123' }, 2);
});
