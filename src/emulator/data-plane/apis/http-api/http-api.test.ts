import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  CreateApiRequest,
  CreateIntegrationRequest,
  CreateRouteRequest,
  CreateStageRequest,
} from '@aws-sdk/client-apigatewayv2';
import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../core/execute.ts';
import { apiGatewayV2 } from '../../../services/apigatewayv2/index.ts';
import { createFunctionRole } from '../../../testing/test-function.ts';
import { closingAfterEach } from '../../testing/closing.ts';
import { type Gateway, startGateway } from '../../testing/gateway.ts';
import { type Answer, send } from '../../testing/requests.ts';
import { tokenIssuer } from '../../testing/token-issuer.ts';
import {
  addBalancer,
  addHost,
  addListener,
  addSecurityGroup,
  addTargetGroup,
  forwardTo,
} from '../../testing/world.ts';

const closing = closingAfterEach();
let gateway: Gateway;

beforeEach(async () => {
  gateway = await startGateway();
  closing(() => gateway.close());
});

function run<Name extends keyof typeof apiGatewayV2.operations & string>(
  name: Name,
  input: Parameters<NonNullable<(typeof apiGatewayV2.operations)[Name]>>[0],
) {
  return execute(apiGatewayV2, name, input as never, gateway.call);
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A backend of this machine that tells what it was asked. */
function echo(handle: (request: IncomingMessage) => object = () => ({})): Promise<string> {
  const answer: RequestListener = (request, response) => {
    const { method, url, headers } = request;
    response.end(JSON.stringify({ method, url, headers, ...handle(request) }));
  };
  return listening(createServer(answer));
}

interface Deploying {
  api?: Partial<CreateApiRequest>;
  integration: Omit<CreateIntegrationRequest, 'ApiId'>;
  routes?: Omit<CreateRouteRequest, 'ApiId'>[];
  stage?: Partial<CreateStageRequest>;
}

/** An API that deploys itself; gives its id. */
async function deploy({ api, integration, routes, stage }: Deploying): Promise<string> {
  const { ApiId } = await run('CreateApi', { Name: 'api', ProtocolType: 'HTTP', ...api });
  await run('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true, ...stage });
  const { IntegrationId } = await run('CreateIntegration', { ApiId, ...integration });
  for (const route of routes ?? [{ RouteKey: '$default' }]) {
    await run('CreateRoute', { ApiId, Target: `integrations/${IntegrationId}`, ...route });
  }
  return ApiId ?? '';
}

const proxyTo = (uri: string, more: object = {}) =>
  ({ IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri: uri, ...more }) as const;

function ask(path: string, options: Parameters<typeof send>[1] = {}): Promise<Answer> {
  return send(gateway.place, { path, ...options });
}

const message = (text: string) => JSON.stringify({ message: text });

describe('routing', () => {
  it.each([
    { method: 'GET', path: '/pets/dog/1', want: 'GET /pets/dog/1' },
    { method: 'GET', path: '/pets/dog/2', want: 'GET /pets/dog/{id}' },
    { method: 'GET', path: '/pets/cat/2', want: 'GET /pets/{proxy+}' },
    { method: 'POST', path: '/pets/cat/1', want: 'ANY /{proxy+}' },
    { method: 'PUT', path: '/pets/dog/2', want: 'ANY /pets/dog/{id}' },
    { method: 'GET', path: '/', want: '$default' },
  ])('takes $want for $method $path', async ({ method, path, want }) => {
    const arn = await gateway.addFunction('told', ({ routeKey }: { routeKey: string }) => routeKey);
    const keys = ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'ANY /pets/dog/{id}', 'GET /pets/{proxy+}'];
    const id = await deploy({
      integration: { IntegrationType: 'AWS_PROXY', IntegrationUri: arn, PayloadFormatVersion: '2.0' },
      routes: [...keys, 'ANY /{proxy+}', '$default'].map((RouteKey) => ({ RouteKey })),
    });
    expect(await ask(`/${id}${path}`, { method })).toMatchObject({ status: 200, body: want });
  });

  it('answers 404 where no route is', async () => {
    const id = await deploy({ integration: proxyTo(await echo()), routes: [{ RouteKey: 'GET /a' }] });
    expect(await ask(`/${id}/b`)).toMatchObject({ status: 404, body: message('Not Found') });
  });

  it('serves a stage that does not deploy itself as it was deployed', async () => {
    const uri = await echo();
    const stage = { StageName: 'prod', AutoDeploy: false };
    const ApiId = await deploy({ integration: proxyTo(uri), routes: [{ RouteKey: 'GET /a' }], stage });
    expect(await ask(`/${ApiId}/prod/a`)).toMatchObject({ status: 404 });
    await run('CreateDeployment', { ApiId, StageName: 'prod' });
    expect(await ask(`/${ApiId}/prod/a`)).toMatchObject({ status: 200 });
    const { Items: [route] = [] } = await run('GetRoutes', { ApiId });
    await run('DeleteRoute', { ApiId, RouteId: route?.RouteId });
    expect(await ask(`/${ApiId}/prod/a`)).toMatchObject({ status: 200 });
  });
});

describe('proxying to a URL', () => {
  it('fills path variables in, and keeps the query', async () => {
    const id = await deploy({
      integration: proxyTo(`${await echo()}/base/{proxy}`),
      routes: [{ RouteKey: 'ANY /x/{proxy+}' }],
    });
    const answer = await ask(`/${id}/x/a/b?q=1`, { method: 'POST', body: 'text' });
    expect(JSON.parse(answer.body)).toMatchObject({
      method: 'POST',
      url: '/base/a/b?q=1',
      headers: { forwarded: expect.stringContaining('for=127.0.0.1'), via: 'HTTP/1.1 AmazonAPIGateway' },
    });
  });

  it('maps parameters of the request and of the answer', async () => {
    const id = await deploy({
      integration: proxyTo(await echo(), {
        RequestParameters: {
          'overwrite:path': '/v1/$' + '{request.path.id}',
          'append:header.x-stage': '$context.stage',
          'remove:header.x-secret': "''",
          'overwrite:querystring.who': '$stageVariables.who',
        },
        ResponseParameters: { 200: { 'overwrite:statuscode': '202', 'append:header.x-added': 'yes' } },
      }),
      routes: [{ RouteKey: 'GET /pets/{id}' }],
      stage: { StageVariables: { who: 'me' } },
    });
    const answer = await ask(`/${id}/pets/7?who=you&a=1`, { headers: { 'x-secret': '1' } });
    expect(answer).toMatchObject({ status: 202, headers: { 'x-added': 'yes' } });
    const seen = JSON.parse(answer.body);
    expect(seen).toMatchObject({ url: '/v1/7?a=1&who=me', headers: { 'x-stage': '$default' } });
    expect(seen.headers).not.toHaveProperty('x-secret');
  });

  it('answers 503 where the endpoint refuses', async () => {
    const id = await deploy({ integration: proxyTo('http://127.0.0.1:1') });
    expect(await ask(`/${id}/`)).toMatchObject({ status: 503, body: message('Service Unavailable') });
  });
});

describe('a VPC link', () => {
  /** An ALB that lets a security group in, and tells of its clients. */
  async function privateAlb(
    groups: string[],
  ): Promise<{ listenerArn: string; clients: (string | undefined)[] }> {
    const { cell, dataPlane } = gateway;
    const clients: (string | undefined)[] = [];
    const app = createServer((request, response) => {
      clients.push(String(request.headers['x-forwarded-for']));
      response.end(JSON.stringify({ url: request.url, host: request.headers.host }));
    });
    await addHost(cell, '172.31.200.1', app);
    closing(() => app.close());
    const alb = addBalancer(cell, 'application', ['172.31.0.10'], { securityGroupIds: groups });
    const listener = addListener(cell, alb, forwardTo(addTargetGroup(cell, ['172.31.200.1'])));
    await dataPlane.settled();
    return { listenerArn: listener.arn, clients };
  }

  async function link(groups: string[]): Promise<string> {
    const { cell, clock } = gateway;
    const [subnet] = cell.network.subnets.values();
    const { VpcLinkId = '' } = await run('CreateVpcLink', {
      Name: 'link',
      SubnetIds: [subnet?.id ?? ''],
      SecurityGroupIds: groups,
    });
    await clock.advance(60_000);
    return VpcLinkId;
  }

  /** A group of the default VPC that lets in who is in it. */
  function ownGroup(): string {
    const { network } = gateway.cell;
    const id = addSecurityGroup(gateway.cell, '192.0.2.0/32');
    const group = network.securityGroups.get(id);
    const [vpc] = network.vpcs.values();
    const [rule] = group?.rules.values() ?? [];
    if (group && rule && vpc) {
      group.vpcId = vpc.id;
      rule.peer = { kind: 'group', groupId: id };
    }
    return id;
  }

  it('reaches a listener as a client from its own interface, the stage in the path', async () => {
    const group = ownGroup();
    const { listenerArn, clients } = await privateAlb([group]);
    const ConnectionId = await link([group]);
    const id = await deploy({
      integration: proxyTo(listenerArn, { ConnectionType: 'VPC_LINK', ConnectionId }),
      stage: { StageName: 'prod' },
    });
    const answer = await ask(`/${id}/prod/a?b=1`, { headers: { Host: 'api.example' } });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ url: '/prod/a?b=1', host: 'api.example' });
    const [held] = gateway.cell.apis.privateLinks.get(ConnectionId)?.interfaces ?? [];
    expect(clients).toEqual(held?.privateIpAddresses);
  });

  it('drops the stage where the path is overwritten', async () => {
    const group = ownGroup();
    const { listenerArn } = await privateAlb([group]);
    const RequestParameters = { 'overwrite:path': '$request.path' };
    const id = await deploy({
      integration: proxyTo(listenerArn, {
        ConnectionType: 'VPC_LINK',
        ConnectionId: await link([group]),
        RequestParameters,
      }),
      stage: { StageName: 'prod' },
    });
    expect(JSON.parse((await ask(`/${id}/prod/a`)).body)).toMatchObject({ url: '/a' });
  });

  it('is refused by a security group that its interfaces are not in', async () => {
    const { listenerArn, clients } = await privateAlb([ownGroup()]);
    const id = await deploy({
      integration: proxyTo(listenerArn, { ConnectionType: 'VPC_LINK', ConnectionId: await link([]) }),
    });
    expect(await ask(`/${id}/`)).toMatchObject({ status: 503 });
    expect(clients).toEqual([]);
  });

  it('holds interfaces until it is gone', async () => {
    const id = await link([]);
    const { network } = gateway.cell;
    const held = () => [...network.interfaces.values()].filter(({ description }) => description.includes(id));
    expect(held()).toMatchObject([{ status: 'in-use', requesterManaged: true }]);
    await run('DeleteVpcLink', { VpcLinkId: id });
    await gateway.clock.advance(30_000);
    expect(held()).toEqual([]);
    await expect(run('GetVpcLink', { VpcLinkId: id })).rejects.toMatchObject({ code: 'NotFoundException' });
  });
});

describe('a function', () => {
  const toFunction = (arn: string) =>
    ({ IntegrationType: 'AWS_PROXY', IntegrationUri: arn, PayloadFormatVersion: '2.0' }) as const;

  it('gets payload 2.0, and answers with status, headers and cookies', async () => {
    const arn = await gateway.addFunction('app', (event: object) => ({
      statusCode: 201,
      headers: { 'x-a': '1' },
      cookies: ['a=1', 'b=2'],
      body: JSON.stringify(event),
    }));
    const id = await deploy({ integration: toFunction(arn), routes: [{ RouteKey: 'POST /p/{id}' }] });
    const headers = { 'Content-Type': 'application/json', Cookie: 'c=3; d=4' };
    const answer = await ask(`/${id}/p/7?x=1&x=2`, { method: 'POST', body: '{}', headers });
    expect(answer).toMatchObject({ status: 201, headers: { 'x-a': '1', 'set-cookie': ['a=1', 'b=2'] } });
    expect(JSON.parse(answer.body)).toMatchObject({
      version: '2.0',
      routeKey: 'POST /p/{id}',
      rawPath: '/p/7',
      rawQueryString: 'x=1&x=2',
      cookies: ['c=3', 'd=4'],
      queryStringParameters: { x: '1,2' },
      pathParameters: { id: '7' },
      body: '{}',
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST', path: '/p/7' }, stage: '$default' },
    });
  });

  it.each([
    { name: 'throws', handler: () => Promise.reject(new Error('no')) },
    { name: 'answers nonsense', handler: () => ({ statusCode: 'x' }) },
  ])('that $name is a 500', async ({ handler }) => {
    const id = await deploy({ integration: toFunction(await gateway.addFunction('app', handler)) });
    expect(await ask(`/${id}/`)).toMatchObject({ status: 500, body: message('Internal Server Error') });
  });

  it('that does not let API Gateway invoke it is a 500', async () => {
    const arn = await gateway.addFunction('app', () => 'never');
    gateway.cell.functions.all.get('app')?.permissions.clear();
    expect(await ask(`/${await deploy({ integration: toFunction(arn) })}/`)).toMatchObject({ status: 500 });
  });
});

describe('authorization', () => {
  it.each([
    { name: 'a good token', claims: {}, want: 200 },
    { name: 'another issuer', claims: { iss: 'http://127.0.0.1:1' }, want: 401 },
    { name: 'another audience', claims: { aud: 'them' }, want: 401 },
    { name: 'a token that has expired', claims: { exp: -1 }, want: 401 },
    { name: 'a token without the scope', claims: { scope: 'write' }, want: 403 },
    { name: 'a token signed by a stranger', claims: {}, stranger: true, want: 401 },
    { name: 'no token', claims: undefined, want: 401 },
  ])('answers $want to $name', async ({ claims, stranger, want }) => {
    const issuer = tokenIssuer();
    const Issuer = await listening(issuer.server);
    const ApiId = await deploy({ integration: proxyTo(await echo()), routes: [] });
    const { AuthorizerId } = await run('CreateAuthorizer', {
      ApiId,
      Name: 'jwt',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer, Audience: ['us'] },
    });
    const { Items: [integration] = [] } = await run('GetIntegrations', { ApiId });
    await run('CreateRoute', {
      ApiId,
      RouteKey: 'GET /a',
      Target: `integrations/${integration?.IntegrationId}`,
      AuthorizationType: 'JWT',
      AuthorizerId,
      AuthorizationScopes: ['read'],
    });
    const now = gateway.clock.now() / 1000;
    const own = { iss: Issuer, aud: 'us', scope: 'read list', ...claims };
    const signer = stranger ? tokenIssuer() : issuer;
    const Authorization = signer.token({ ...own, exp: now + ('exp' in own ? Number(own.exp) : 60) });
    const answer = await ask(`/${ApiId}/a`, claims ? { headers: { Authorization } } : {});
    expect(answer.status).toBe(want);
    if (want === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('asks a function once within the time to live, simply', async () => {
    const asked: unknown[] = [];
    const arn = await gateway.addFunction('auth', (event: { identitySource: string[] }) => {
      asked.push(event.identitySource);
      return { isAuthorized: event.identitySource[0] === 'sesame', context: { who: 'ali' } };
    });
    const RequestParameters = { 'overwrite:header.x-who': '$context.authorizer.who' };
    const ApiId = await deploy({ integration: proxyTo(await echo(), { RequestParameters }) });
    const { AuthorizerId } = await run('CreateAuthorizer', {
      ApiId,
      Name: 'auth',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      IdentitySource: ['$request.header.x-word'],
      AuthorizerResultTtlInSeconds: 60,
    });
    const { Items: [route] = [] } = await run('GetRoutes', { ApiId });
    await run('UpdateRoute', { ApiId, RouteId: route?.RouteId, AuthorizationType: 'CUSTOM', AuthorizerId });
    const say = (word: string) => ask(`/${ApiId}/`, { headers: { 'x-word': word } });
    expect(JSON.parse((await say('sesame')).body)).toMatchObject({ headers: { 'x-who': 'ali' } });
    expect(await say('sesame')).toMatchObject({ status: 200 });
    expect(await say('barley')).toMatchObject({ status: 403, body: message('Forbidden') });
    expect(await ask(`/${ApiId}/`)).toMatchObject({ status: 401, body: message('Unauthorized') });
    expect(asked).toEqual([['sesame'], ['barley']]);
    await gateway.clock.advance(60_000);
    await say('sesame');
    expect(asked).toHaveLength(3);
  });

  it('lets a role in that its policies let, and nobody unsigned', async () => {
    const ApiId = await deploy({ integration: proxyTo(await echo()), routes: [] });
    const { Items: [integration] = [] } = await run('GetIntegrations', { ApiId });
    const Target = `integrations/${integration?.IntegrationId}`;
    await run('CreateRoute', { ApiId, RouteKey: 'GET /a', Target, AuthorizationType: 'AWS_IAM' });
    await createFunctionRole(gateway.call, 'caller');
    const role = gateway.cell.identity.roles.get('caller');
    if (!role) throw new Error('no role');
    const { accessKeyId } = gateway.cell.identity.issue(role, 'test');
    const Authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20250101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0`;
    const signed = { headers: { Authorization } };
    expect(await ask(`/${ApiId}/a`)).toMatchObject({ status: 403 });
    expect(await ask(`/${ApiId}/a`, signed)).toMatchObject({ status: 403 });
    const Resource = `arn:aws:execute-api:us-east-1:000000000000:${ApiId}/*/GET/a`;
    const Statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource };
    role.inlinePolicies.set('p', JSON.stringify({ Version: '2012-10-17', Statement }));
    expect(await ask(`/${ApiId}/a`, signed)).toMatchObject({ status: 200 });
  });
});

it('throttles by the limits of the stage, on the world’s clock', async () => {
  const DefaultRouteSettings = { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 };
  const id = await deploy({ integration: proxyTo(await echo()), stage: { DefaultRouteSettings } });
  const statuses = async () => [(await ask(`/${id}/`)).status, (await ask(`/${id}/`)).status];
  expect(await statuses()).toEqual([200, 200]);
  expect(await ask(`/${id}/`)).toMatchObject({ status: 429, body: message('Too Many Requests') });
  await gateway.clock.advance(1_000);
  expect(await statuses()).toEqual([200, 429]);
});

it('answers browsers itself where it has a CORS configuration', async () => {
  const CorsConfiguration = { AllowOrigins: ['https://a.example'], AllowMethods: ['GET'], MaxAge: 60 };
  const id = await deploy({ api: { CorsConfiguration }, integration: proxyTo(await echo()) });
  const headers = { Origin: 'https://a.example', 'Access-Control-Request-Method': 'GET' };
  expect(await ask(`/${id}/`, { method: 'OPTIONS', headers })).toMatchObject({
    status: 204,
    headers: { 'access-control-allow-origin': 'https://a.example', 'access-control-max-age': '60' },
  });
  const { headers: seen } = await ask(`/${id}/`, { headers });
  expect(seen['access-control-allow-origin']).toBe('https://a.example');
  const stranger = await ask(`/${id}/`, { headers: { Origin: 'https://b.example' } });
  expect(stranger.headers).not.toHaveProperty('access-control-allow-origin');
});

it('is made from an OpenAPI document', async () => {
  const uri = await echo();
  const Body = `
openapi: 3.0.1
info: { title: pets, version: '1' }
paths:
  /pets/{id}:
    get:
      x-amazon-apigateway-integration: { $ref: '#/components/x-amazon-apigateway-integrations/pets' }
  /$default:
    x-amazon-apigateway-any-method:
      x-amazon-apigateway-integration: { type: http_proxy, httpMethod: ANY, uri: '${uri}/rest', payloadFormatVersion: '1.0' }
components:
  x-amazon-apigateway-integrations:
    pets: { type: http_proxy, httpMethod: GET, uri: '${uri}/{id}', payloadFormatVersion: '1.0' }
`;
  const { ApiId, Name } = await run('ImportApi', { Body });
  expect(Name).toBe('pets');
  await run('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
  expect(JSON.parse((await ask(`/${ApiId}/pets/7`)).body)).toMatchObject({ url: '/7' });
  expect(JSON.parse((await ask(`/${ApiId}/other`)).body)).toMatchObject({ url: '/rest' });
  await expect(run('ReimportApi', { ApiId, Body: 'openapi: 3.0.1' })).rejects.toMatchObject({
    code: 'BadRequestException',
  });
  expect(await ask(`/${ApiId}/pets/7`)).toMatchObject({ status: 200 });
});
