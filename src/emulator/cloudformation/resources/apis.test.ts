import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../core/execute.ts';
import { apiGateway } from '../../services/api-gateway/index.ts';
import { apiGatewayV2 } from '../../services/apigatewayv2/index.ts';
import { type StackDriver, stackDriver } from '../testing/stack-driver.ts';
import { registeredProviders } from './registry.ts';

let driver: StackDriver;

beforeEach(() => {
  driver = stackDriver(registeredProviders);
});

async function deploy(Resources: object): Promise<void> {
  await driver.create({ Resources });
  await driver.clock.advance(600_000);
  expect(driver.events().filter((event) => event.includes('FAILED'))).toEqual([]);
  expect(driver.stack().status).toBe('CREATE_COMPLETE');
}

async function change(Resources: object): Promise<void> {
  await driver.update({ Resources });
  await driver.clock.advance(600_000);
  expect(driver.events().filter((event) => event.includes('FAILED'))).toEqual([]);
  expect(driver.stack().status).toBe('UPDATE_COMPLETE');
}

async function remove(): Promise<void> {
  await driver.remove();
  await driver.clock.advance(600_000);
  expect(driver.events().filter((event) => event.includes('FAILED'))).toEqual([]);
  expect(driver.stack().status).toBe('DELETE_COMPLETE');
}

const id = (logicalId: string): string => driver.stack().resources.get(logicalId)?.physicalId ?? '';

/** Ids of all, to tell what was replaced. */
const ids = (): Record<string, string> =>
  Object.fromEntries([...driver.stack().resources.keys()].map((logicalId) => [logicalId, id(logicalId)]));

const resource = (Type: string, Properties: object = {}, more: object = {}) => ({
  Type,
  Properties,
  ...more,
});
const attribute = (name: string) => ({ 'Fn::GetAtt': name });

describe('AWS::ApiGateway', () => {
  const mocked = (summary: string) => ({
    summary,
    security: [{ key: [] }],
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: '200' } },
    },
  });

  const stack = (given: { percent?: number; limit?: number; path?: string; variable?: string } = {}) => {
    const { percent, limit = 10, path = '/a', variable = 'one' } = given;
    const canary = {
      DeploymentId: { Ref: 'Next' },
      PercentTraffic: percent,
      StageVariableOverrides: { v: 'two' },
    };
    return {
      Api: resource('AWS::ApiGateway::RestApi', {
        ApiKeySourceType: 'HEADER',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        BinaryMediaTypes: ['image/*'],
        Body: {
          openapi: '3.0.1',
          info: { title: 'imported' },
          paths: { [path]: { get: mocked('a') } },
          components: { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } },
        },
      }),
      First: resource('AWS::ApiGateway::Deployment', { RestApiId: { Ref: 'Api' } }),
      Next: resource('AWS::ApiGateway::Deployment', { RestApiId: { Ref: 'Api' }, Description: 'next' }),
      Stage: resource('AWS::ApiGateway::Stage', {
        ...{ RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'First' }, StageName: 'prod' },
        Variables: { v: variable },
        ...(percent !== undefined && { CanarySetting: canary }),
      }),
      Plan: resource('AWS::ApiGateway::UsagePlan', {
        ApiStages: [
          {
            ApiId: { Ref: 'Api' },
            Stage: { Ref: 'Stage' },
            Throttle: { '/a/GET': { RateLimit: 5, BurstLimit: '2' } },
          },
        ],
        Quota: { Limit: limit, Period: 'MONTH' },
        Throttle: { RateLimit: 100, BurstLimit: 50 },
      }),
      Key: resource('AWS::ApiGateway::ApiKey', { Enabled: true, Value: 'v'.repeat(20) }),
      PlanKey: resource('AWS::ApiGateway::UsagePlanKey', {
        ...{ KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
      }),
      Authorizer: resource('AWS::ApiGateway::Authorizer', {
        ...{ RestApiId: { Ref: 'Api' }, Name: 'auth', Type: 'TOKEN', AuthorizerResultTtlInSeconds: limit },
        IdentitySource: 'method.request.header.Authorization',
        AuthorizerUri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations',
      }),
      Response: resource('AWS::ApiGateway::GatewayResponse', {
        ...{ RestApiId: { Ref: 'Api' }, ResponseType: 'THROTTLED', StatusCode: String(420 + limit) },
      }),
      Validator: resource('AWS::ApiGateway::RequestValidator', {
        ...{ RestApiId: { Ref: 'Api' }, Name: 'all', ValidateRequestParameters: true },
      }),
    };
  };

  it('makes an API from a document, with plans, keys and a canary, and changes them in place', async () => {
    await deploy(stack({ percent: 20 }));
    const before = ids();
    expect(id('PlanKey')).toBe(`${id('Key')}:${id('Plan')}`);
    const restApiId = id('Api');
    const run = (name: 'GetStage' | 'GetUsagePlan' | 'GetRestApi' | 'GetResources', input: object) =>
      execute(apiGateway, name, input as never, driver.call);
    expect(await run('GetRestApi', { restApiId })).toMatchObject({ binaryMediaTypes: ['image/*'] });
    const stage = { restApiId, stageName: 'prod' };
    expect(await run('GetStage', stage)).toMatchObject({
      variables: { v: 'one' },
      canarySettings: { deploymentId: id('Next'), percentTraffic: 20, stageVariableOverrides: { v: 'two' } },
    });
    const plan = { usagePlanId: id('Plan') };
    expect(await run('GetUsagePlan', plan)).toMatchObject({
      quota: { limit: 10, period: 'MONTH' },
      apiStages: [
        { apiId: restApiId, stage: 'prod', throttle: { '/a/GET': { rateLimit: 5, burstLimit: 2 } } },
      ],
    });

    await change(stack({ limit: 20, path: '/b', variable: 'three' }));
    expect(ids()).toEqual(before);
    expect(await run('GetStage', stage)).toMatchObject({
      variables: { v: 'three' },
      canarySettings: undefined,
    });
    expect(await run('GetUsagePlan', plan)).toMatchObject({ quota: { limit: 20 } });
    expect(await run('GetResources', { restApiId })).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ path: '/b' })]),
    });
    const api = driver.cell.apis.restApis.get(restApiId);
    expect([...(api?.resources.values() ?? [])].map(({ path }) => path)).not.toContain('/a');
    expect(api?.gatewayResponses.get('THROTTLED')).toMatchObject({ statusCode: '440' });

    await remove();
    const { restApis, apiKeys, usagePlans } = driver.cell.apis;
    expect([restApis.size, apiKeys.size, usagePlans.size]).toEqual([0, 0, 0]);
  });
});

describe('AWS::ApiGatewayV2', () => {
  const stack = (given: { name?: string; uri?: string; subnet?: string; rate?: number } = {}) => {
    const { name = 'api', uri, subnet = 'One', rate = 10 } = given;
    const zone = (letter: string, CidrBlock: string) =>
      resource('AWS::EC2::Subnet', {
        VpcId: { Ref: 'Vpc' },
        CidrBlock,
        AvailabilityZone: `us-east-1${letter}`,
      });
    return {
      Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
      One: zone('a', '10.0.0.0/24'),
      Two: zone('b', '10.0.1.0/24'),
      Group: resource('AWS::EC2::SecurityGroup', { GroupDescription: 'link', VpcId: { Ref: 'Vpc' } }),
      Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
        ...{ Scheme: 'internal', Subnets: [{ Ref: 'One' }, { Ref: 'Two' }] },
        SecurityGroups: [attribute('Group.GroupId')],
      }),
      Listener: resource('AWS::ElasticLoadBalancingV2::Listener', {
        ...{ LoadBalancerArn: { Ref: 'Alb' }, Port: 80, Protocol: 'HTTP' },
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      }),
      Link: resource('AWS::ApiGatewayV2::VpcLink', {
        ...{ Name: name, SubnetIds: [{ Ref: subnet }], SecurityGroupIds: [attribute('Group.GroupId')] },
      }),
      Api: resource('AWS::ApiGatewayV2::Api', { Name: name, ProtocolType: 'HTTP', Tags: { team: 'edge' } }),
      Integration: resource('AWS::ApiGatewayV2::Integration', {
        ...{ ApiId: { Ref: 'Api' }, IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY' },
        ...(uri === undefined
          ? { ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link' }, IntegrationUri: { Ref: 'Listener' } }
          : { ConnectionType: 'INTERNET', IntegrationUri: uri }),
        PayloadFormatVersion: '1.0',
        ResponseParameters: {
          200: { ResponseParameters: [{ Destination: 'append:header.x', Source: '1' }] },
        },
      }),
      Route: resource('AWS::ApiGatewayV2::Route', {
        ...{ ApiId: { Ref: 'Api' }, RouteKey: '$default' },
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      }),
      Authorizer: resource('AWS::ApiGatewayV2::Authorizer', {
        ...{ ApiId: { Ref: 'Api' }, Name: 'jwt', AuthorizerType: 'JWT' },
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: 'https://issuer.example', Audience: ['us'] },
      }),
      Stage: resource('AWS::ApiGatewayV2::Stage', {
        ...{ ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
        DefaultRouteSettings: { ThrottlingBurstLimit: 5, ThrottlingRateLimit: rate },
      }),
    };
  };

  it('makes an API behind a link to an ALB, changes it in place, and leaves nothing behind', async () => {
    await deploy(stack());
    const before = ids();
    expect(driver.stack().resources.get('Api')?.attributes).toMatchObject({
      ApiEndpoint: `https://${id('Api')}.execute-api.us-east-1.amazonaws.com`,
    });
    const ApiId = id('Api');
    expect(await execute(apiGatewayV2, 'GetApi', { ApiId }, driver.call)).toMatchObject({
      Tags: { team: 'edge', 'aws:cloudformation:stack-name': 'app' },
    });
    const integration = { ApiId, IntegrationId: id('Integration') };
    expect(await execute(apiGatewayV2, 'GetIntegration', integration, driver.call)).toMatchObject({
      ConnectionId: id('Link'),
      IntegrationUri: id('Listener'),
      ResponseParameters: { 200: { 'append:header.x': '1' } },
    });

    await change(stack({ name: 'renamed', rate: 20 }));
    expect(ids()).toEqual(before);
    expect(await execute(apiGatewayV2, 'GetApi', { ApiId }, driver.call)).toMatchObject({ Name: 'renamed' });
    const stage = driver.cell.apis.httpApis.get(ApiId)?.stages.get('$default');
    expect(stage?.defaultRouteSettings.ThrottlingRateLimit).toBe(20);

    await remove();
    expect([driver.cell.apis.httpApis.size, driver.cell.apis.privateLinks.size]).toEqual([0, 0]);
  });

  it('replaces a link whose subnets change', async () => {
    await deploy(stack());
    const before = id('Link');
    await change(stack({ subnet: 'Two' }));
    expect(id('Link')).not.toBe(before);
    expect([...driver.cell.apis.privateLinks.keys()]).toEqual([id('Link')]);
  });

  it('moves an integration off the link, which can then go', async () => {
    await deploy(stack());
    const { Link: _, ...others } = stack({ uri: 'http://127.0.0.1' });
    await change(others);
    expect(driver.cell.apis.privateLinks.size).toBe(0);
  });

  it('makes an API from a document', async () => {
    const document = (path: string) => ({
      openapi: '3.0.1',
      info: { title: 'pets' },
      paths: {
        [path]: {
          get: {
            'x-amazon-apigateway-integration': {
              ...{
                type: 'http_proxy',
                httpMethod: 'GET',
                uri: 'http://127.0.0.1',
                payloadFormatVersion: '1.0',
              },
            },
          },
        },
      },
    });
    await deploy({ Api: resource('AWS::ApiGatewayV2::Api', { Body: document('/a') }) });
    const before = id('Api');
    await change({ Api: resource('AWS::ApiGatewayV2::Api', { Body: document('/b') }) });
    expect(id('Api')).toBe(before);
    const api = driver.cell.apis.httpApis.get(before);
    expect(api?.settings.Name).toBe('pets');
    expect([...(api?.routes.values() ?? [])].map(({ RouteKey }) => RouteKey)).toEqual(['GET /b']);
  });
});
