import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Integration, Method } from '@aws-sdk/client-api-gateway';
import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../core/execute.ts';
import { apiGateway } from '../../../services/api-gateway/index.ts';
import { apiGatewayV2 } from '../../../services/apigatewayv2/index.ts';
import { closingAfterEach } from '../../testing/closing.ts';
import { type Gateway, startGateway } from '../../testing/gateway.ts';
import { type Answer, send } from '../../testing/requests.ts';
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

function run<Name extends keyof typeof apiGateway.operations & string>(
  name: Name,
  input: Parameters<NonNullable<(typeof apiGateway.operations)[Name]>>[0],
) {
  return execute(apiGateway, name, input as never, gateway.call);
}

/** A backend of this machine that tells its path and headers. */
async function echo(name = 'echo'): Promise<string> {
  const server: Server = createServer(({ method, url, headers }, response) =>
    response.end(JSON.stringify({ name, method, url, headers })),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const mock: Partial<Integration> = {
  type: 'MOCK',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
};

interface Made {
  restApiId: string;
  resourceId: string;
}

/** An API with one method at `/hello`; an integration that mocks answers 200. */
async function make(method: Partial<Method> = {}, integration: Partial<Integration> = mock): Promise<Made> {
  const { id: restApiId = '', rootResourceId: parentId } = await run('CreateRestApi', { name: 'api' });
  const { id: resourceId = '' } = await run('CreateResource', { restApiId, parentId, pathPart: 'hello' });
  const id = { restApiId, resourceId, httpMethod: 'GET' };
  await run('PutMethod', { ...id, authorizationType: 'NONE', ...method });
  const { httpMethod: integrationHttpMethod = 'ANY', ...settings } = integration;
  await run('PutIntegration', { ...id, type: 'MOCK', integrationHttpMethod, ...settings });
  await run('PutMethodResponse', { ...id, statusCode: '200' });
  await run('PutIntegrationResponse', { ...id, statusCode: '200' });
  return { restApiId, resourceId };
}

async function deploy(restApiId: string, stageName = 'prod'): Promise<string> {
  return (await run('CreateDeployment', { restApiId, stageName })).id ?? '';
}

const patch = (path: string, value: string) => ({ op: 'replace', path, value }) as const;

function ask(path: string, headers: Record<string, string> = {}, more: object = {}): Promise<Answer> {
  return send(gateway.place, { path, headers, ...more });
}

async function statuses(
  count: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index++) all.push((await ask(path, headers)).status);
  return all;
}

describe('a VPC link V2', () => {
  it('reaches the load balancer that the integration targets, if its group lets the link in', async () => {
    const { cell, dataPlane, clock, call } = gateway;
    const app = createServer((request, response) => response.end(`${request.headers.host} ${request.url}`));
    await addHost(cell, '172.31.200.1', app);
    closing(() => app.close());
    const group = addSecurityGroup(cell, '172.31.0.0/16');
    const alb = addBalancer(cell, 'application', ['172.31.0.10'], { securityGroupIds: [group] });
    addListener(cell, alb, forwardTo(addTargetGroup(cell, ['172.31.200.1'])));
    await dataPlane.settled();
    const [subnet] = cell.network.subnets.values();
    const SubnetIds = [subnet?.id ?? ''];
    const link = await execute(apiGatewayV2, 'CreateVpcLink', { Name: 'link', SubnetIds }, call);
    await clock.advance(60_000);
    const integration = {
      type: 'HTTP_PROXY' as const,
      uri: 'http://app.example/x',
      connectionType: 'VPC_LINK' as const,
      connectionId: `\${stageVariables.link}`,
      integrationTarget: alb.arn,
    };
    const { restApiId } = await make({}, integration);
    const variables = { link: link.VpcLinkId ?? '' };
    await run('CreateDeployment', { restApiId, stageName: 'prod', variables });
    expect(await ask(`/${restApiId}/prod/hello`)).toMatchObject({ status: 200, body: 'app.example /x' });
    cell.network.securityGroups.get(group)?.rules.clear();
    expect(await statuses(8, `/${restApiId}/prod/hello`)).toContain(504);
  });

  it('needs a target', async () => {
    const [subnet] = gateway.cell.network.subnets.values();
    const input = { Name: 'link', SubnetIds: [subnet?.id ?? ''] };
    const { VpcLinkId } = await execute(apiGatewayV2, 'CreateVpcLink', input, gateway.call);
    const link = {
      type: 'HTTP_PROXY',
      uri: 'http://a',
      connectionType: 'VPC_LINK',
      connectionId: VpcLinkId,
    } as const;
    await expect(make({}, link)).rejects.toMatchObject({ code: 'BadRequestException' });
  });
});

describe('usage plans', () => {
  async function withPlan(
    plan: object,
    api: object = {},
  ): Promise<{ path: string; key: string; planId: string }> {
    const { restApiId } = await make({ apiKeyRequired: true, ...api });
    await deploy(restApiId);
    const { id: keyId, value = '' } = await run('CreateApiKey', { name: 'k', enabled: true });
    const apiStages = [{ apiId: restApiId, stage: 'prod' }];
    const { id: usagePlanId = '' } = await run('CreateUsagePlan', { name: 'p', apiStages, ...plan });
    await run('CreateUsagePlanKey', { usagePlanId, keyId, keyType: 'API_KEY' });
    return { path: `/${restApiId}/prod/hello`, key: value, planId: usagePlanId };
  }

  it('let nobody in without a key of theirs', async () => {
    const { path, key } = await withPlan({});
    expect(await ask(path)).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
    const { value = '' } = await run('CreateApiKey', { name: 'stranger', enabled: true });
    expect(await statuses(1, path, { 'x-api-key': value })).toEqual([403]);
    expect(await statuses(1, path, { 'X-API-Key': key })).toEqual([200]);
    const [held] = gateway.cell.apis.apiKeys.keys();
    await run('UpdateApiKey', { apiKey: held, patchOperations: [patch('/enabled', 'false')] });
    expect(await statuses(1, path, { 'x-api-key': key })).toEqual([403]);
  });

  it('throttle each key', async () => {
    const { path, key } = await withPlan({ throttle: { rateLimit: 1, burstLimit: 2 } });
    expect(await statuses(3, path, { 'x-api-key': key })).toEqual([200, 200, 429]);
    expect((await ask(path, { 'x-api-key': key })).body).toBe('{"message":"Too Many Requests"}');
    await gateway.clock.advance(1_000);
    expect(await statuses(2, path, { 'x-api-key': key })).toEqual([200, 429]);
  });

  it('end with the quota, and begin again with the day', async () => {
    const { path, key, planId } = await withPlan({ quota: { limit: 2, period: 'DAY' } });
    expect(await statuses(3, path, { 'x-api-key': key })).toEqual([200, 200, 429]);
    expect((await ask(path, { 'x-api-key': key })).body).toBe('{"message":"Limit Exceeded"}');
    const today = new Date(gateway.clock.now()).toISOString().slice(0, 10);
    const usage = await run('GetUsage', { usagePlanId: planId, startDate: today, endDate: today });
    expect(Object.values(usage.items ?? {})).toEqual([[[2, 0]]]);
    await gateway.clock.advance(86_400_000);
    expect(await statuses(1, path, { 'x-api-key': key })).toEqual([200]);
  });
});

it('throttles methods by the settings of the stage', async () => {
  const { restApiId } = await make();
  await deploy(restApiId);
  const limits = [patch('/*/*/throttling/rateLimit', '10'), patch('/~1hello/GET/throttling/burstLimit', '1')];
  await run('UpdateStage', { restApiId, stageName: 'prod', patchOperations: limits });
  expect(await statuses(2, `/${restApiId}/prod/hello`)).toEqual([200, 429]);
});

describe('a canary', () => {
  async function released(percentTraffic: number): Promise<{ restApiId: string; path: string }> {
    const [before, after] = [await echo('before'), await echo('after')];
    const { restApiId, resourceId } = await make({}, { type: 'HTTP_PROXY', uri: before });
    await deploy(restApiId);
    await run('PutIntegration', {
      ...{ restApiId, resourceId, httpMethod: 'GET', type: 'HTTP_PROXY', integrationHttpMethod: 'ANY' },
      uri: `${after}/\${stageVariables.who}`,
    });
    const canarySettings = { percentTraffic, stageVariableOverrides: { who: 'canary' } };
    await run('CreateDeployment', { restApiId, stageName: 'prod', canarySettings });
    return { restApiId, path: `/${restApiId}/prod/hello` };
  }

  it.each([
    { percent: 0, want: ['before', '/'] },
    { percent: 100, want: ['after', '/canary'] },
  ])('of $percent % is served by $want', async ({ percent, want }) => {
    const { path } = await released(percent);
    const { name, url } = JSON.parse((await ask(path)).body);
    expect([name, url]).toEqual(want);
  });

  it('gets its share by chance', async () => {
    const { path } = await released(50);
    const names = new Set<string>();
    for (let count = 0; count < 20; count++) names.add(JSON.parse((await ask(path)).body).name);
    expect([...names].sort()).toEqual(['after', 'before']);
  });

  it('is promoted', async () => {
    const { restApiId, path } = await released(0);
    const copy = (from: string, to: string) => ({ op: 'copy', from, path: to }) as const;
    await run('UpdateStage', {
      restApiId,
      stageName: 'prod',
      patchOperations: [
        copy('/canarySettings/deploymentId', '/deploymentId'),
        copy('/canarySettings/stageVariableOverrides', '/variables'),
        { op: 'remove', path: '/canarySettings' },
      ],
    });
    expect(JSON.parse((await ask(path)).body)).toMatchObject({ name: 'after', url: '/canary' });
    expect(await run('GetStage', { restApiId, stageName: 'prod' })).not.toHaveProperty(
      'canarySettings.percentTraffic',
    );
  });
});

describe('a Lambda authorizer', () => {
  const allow = (Resource: string, Effect = 'Allow') => ({
    principalId: 'ali',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
    },
    context: { who: 'ali' },
    usageIdentifierKey: 'k'.repeat(20),
  });

  async function guarded(
    settings: object,
    handler: (event: never) => unknown,
    method: object = {},
  ): Promise<string> {
    const arn = await gateway.addFunction('auth', handler);
    const { id: restApiId = '', rootResourceId: resourceId } = await run('CreateRestApi', {
      name: 'api',
      apiKeySource: 'AUTHORIZER',
    });
    const authorizerUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
    const { id: authorizerId } = await run('CreateAuthorizer', {
      ...{ restApiId, name: 'auth', type: 'TOKEN', authorizerUri },
      ...settings,
    });
    const id = { restApiId, resourceId, httpMethod: 'GET' };
    await run('PutMethod', { ...id, authorizationType: 'CUSTOM', authorizerId, ...method });
    await run('PutIntegration', {
      ...{ ...id, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: await echo() },
      requestParameters: { 'integration.request.header.x-who': 'context.authorizer.who' },
    });
    await deploy(restApiId);
    return `/${restApiId}/prod/`;
  }

  it.each([
    { name: 'a word that is allowed', word: 'open', want: 200, body: '"x-who":"ali"' },
    { name: 'one that is denied', word: 'deny', want: 403, body: 'with an explicit deny' },
    {
      name: 'one that nothing is said of',
      word: 'other',
      want: 403,
      body: '"Message":"User is not authorized',
    },
    { name: 'one that the function refuses', word: 'refuse', want: 401, body: '{"message":"Unauthorized"}' },
    { name: 'one that breaks the function', word: 'break', want: 500, body: '{"message":null}' },
    { name: 'one that does not fit', word: 'x', want: 401, body: '{"message":"Unauthorized"}' },
    { name: 'none', word: undefined, want: 401, body: '{"message":"Unauthorized"}' },
  ])('answers $want to $name', async ({ word, want, body }) => {
    const path = await guarded(
      { identityValidationExpression: '[a-z]{2,}' },
      ({ authorizationToken, methodArn }: { authorizationToken: string; methodArn: string }) => {
        if (authorizationToken === 'refuse') throw new Error('Unauthorized');
        if (authorizationToken === 'break') throw new Error('broken');
        if (authorizationToken === 'other') return allow('arn:aws:execute-api:*:*:other/*');
        return allow(methodArn, authorizationToken === 'deny' ? 'Deny' : 'Allow');
      },
    );
    const answer = await ask(path, word === undefined ? {} : { Authorization: word });
    expect(answer.status).toBe(want);
    expect(answer.body).toContain(body);
  });

  it('is asked once within its time to live', async () => {
    const asked: string[] = [];
    const settings = {
      type: 'REQUEST',
      identitySource: 'method.request.header.X-Word,method.request.querystring.q',
    };
    const path = await guarded(
      { ...settings, authorizerResultTtlInSeconds: 60 },
      ({ headers, methodArn }: { headers: Record<string, string>; methodArn: string }) => {
        asked.push(headers['X-Word'] ?? '');
        return allow(methodArn);
      },
    );
    expect(await statuses(2, `${path}?q=1`, { 'X-Word': 'a' })).toEqual([200, 200]);
    expect(await statuses(1, path, { 'X-Word': 'a' })).toEqual([401]);
    expect(asked).toEqual(['a']);
    await gateway.clock.advance(60_000);
    expect(await statuses(1, `${path}?q=1`, { 'X-Word': 'a' })).toEqual([200]);
    expect(asked).toEqual(['a', 'a']);
  });

  it('may name the API key', async () => {
    const event = ({ methodArn }: { methodArn: string }) => allow(methodArn);
    const path = await guarded({}, event, { apiKeyRequired: true });
    expect(await statuses(1, path, { Authorization: 'a' })).toEqual([403]);
    const { id: keyId } = await run('CreateApiKey', { name: 'k', enabled: true, value: 'k'.repeat(20) });
    const apiStages = [{ apiId: path.split('/')[1], stage: 'prod' }];
    const { id: usagePlanId } = await run('CreateUsagePlan', { name: 'p', apiStages });
    await run('CreateUsagePlanKey', { usagePlanId, keyId, keyType: 'API_KEY' });
    expect(await statuses(1, path, { Authorization: 'a' })).toEqual([200]);
  });
});

describe('a function', () => {
  it.each([
    {
      name: 'answers',
      handler: (event: object) => ({ statusCode: 201, body: JSON.stringify(event) }),
      want: 201,
    },
    { name: 'throws', handler: () => Promise.reject(new Error('no')), want: 502 },
    { name: 'answers nonsense', handler: () => 'text', want: 502 },
  ])('that $name is a $want', async ({ handler, want }) => {
    const arn = await gateway.addFunction('app', handler);
    const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
    const { restApiId } = await make({}, { type: 'AWS_PROXY', httpMethod: 'POST', uri });
    await deploy(restApiId);
    const answer = await ask(`/${restApiId}/prod/hello?a=1&a=2`);
    expect(answer.status).toBe(want);
    if (want !== 201) return;
    expect(JSON.parse(answer.body)).toMatchObject({
      resource: '/hello',
      path: '/hello',
      httpMethod: 'GET',
      queryStringParameters: { a: '2' },
      multiValueQueryStringParameters: { a: ['1', '2'] },
      body: null,
      requestContext: { stage: 'prod', resourcePath: '/hello' },
    });
  });
});

it('answers in the words that the API has for its own answers', async () => {
  const { restApiId } = await make();
  await run('PutGatewayResponse', {
    restApiId,
    responseType: 'MISSING_AUTHENTICATION_TOKEN',
    statusCode: '404',
    responseParameters: { 'gatewayresponse.header.x-why': "'lost'" },
    responseTemplates: { 'application/json': '{"error":$context.error.messageString}' },
  });
  await deploy(restApiId);
  expect(await ask(`/${restApiId}/prod/nowhere`)).toMatchObject({
    status: 404,
    headers: { 'x-why': 'lost' },
    body: '{"error":"Missing Authentication Token"}',
  });
});

it('refuses what lacks a parameter that its validator wants', async () => {
  const { restApiId, resourceId } = await make();
  const { id: requestValidatorId } = await run('CreateRequestValidator', {
    restApiId,
    validateRequestParameters: true,
  });
  const id = { restApiId, resourceId, httpMethod: 'GET' };
  await run('DeleteMethod', id);
  const requestParameters = { 'method.request.querystring.q': true };
  await run('PutMethod', { ...id, authorizationType: 'NONE', requestValidatorId, requestParameters });
  await run('PutIntegration', { ...id, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: await echo() });
  await deploy(restApiId);
  expect(await ask(`/${restApiId}/prod/hello`)).toMatchObject({
    status: 400,
    body: '{"message":"Missing required request parameters: [q]"}',
  });
  expect(await ask(`/${restApiId}/prod/hello?q=1`)).toMatchObject({ status: 200 });
});

describe('an OpenAPI document', () => {
  const document = (uri: string) => ({
    openapi: '3.0.1',
    info: { title: 'pets' },
    paths: {
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          security: [{ key: [] }],
          'x-amazon-apigateway-integration': {
            ...{ type: 'http_proxy', httpMethod: 'GET', uri: `${uri}/v1/{id}` },
            requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
          },
        },
      },
      '/{proxy+}': {
        'x-amazon-apigateway-any-method': {
          parameters: [{ name: 'proxy', in: 'path', required: true }],
          'x-amazon-apigateway-integration': {
            ...{ type: 'http_proxy', httpMethod: 'ANY', uri: `${uri}/rest/{proxy}` },
            requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
          },
        },
      },
      '/health': {
        get: {
          responses: { 200: { description: 'well' } },
          'x-amazon-apigateway-integration': {
            type: 'mock',
            requestTemplates: { 'application/json': '{"statusCode": 200}' },
            responses: {
              default: { statusCode: '200', responseTemplates: { 'application/json': '{"ok":true}' } },
            },
          },
        },
      },
    },
    components: { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } },
  });

  it('makes an API that serves', async () => {
    const body = Buffer.from(JSON.stringify(document(await echo())));
    const { id: restApiId = '', name } = await run('ImportRestApi', { body });
    expect(name).toBe('pets');
    await deploy(restApiId);
    expect(await ask(`/${restApiId}/prod/health`)).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(await ask(`/${restApiId}/prod/pets/7`)).toMatchObject({ status: 403 });
    const answer = await ask(`/${restApiId}/prod/a/b`, {}, { method: 'POST' });
    expect(JSON.parse(answer.body)).toMatchObject({ method: 'POST', url: '/rest/a/b' });
  });

  it.each([
    { mode: 'merge' as const, want: ['/', '/hello', '/health', '/pets', '/pets/{id}', '/{proxy+}'] },
    { mode: 'overwrite' as const, want: ['/', '/health', '/pets', '/pets/{id}', '/{proxy+}'] },
  ])('is put into an API by $mode', async ({ mode, want }) => {
    const { restApiId } = await make();
    const body = Buffer.from(JSON.stringify(document('http://127.0.0.1:1')));
    await run('PutRestApi', { restApiId, body, mode });
    const { items = [] } = await run('GetResources', { restApiId });
    expect(items.map(({ path }) => path).sort()).toEqual([...want].sort());
  });

  it('of version 2.0, in YAML, brings its authorizers and its base path', async () => {
    const arn = await gateway.addFunction(
      'auth',
      ({ authorizationToken, methodArn }: Record<string, string>) => ({
        principalId: 'ali',
        policyDocument: {
          Statement: [
            { Effect: authorizationToken === 'a' ? 'Allow' : 'Deny', Action: '*', Resource: methodArn },
          ],
        },
      }),
    );
    const body = Buffer.from(`
swagger: '2.0'
info: { title: pets, description: of all kinds }
basePath: /v2
x-amazon-apigateway-api-key-source: AUTHORIZER
securityDefinitions:
  words:
    type: apiKey
    name: x-word
    in: header
    x-amazon-apigateway-authtype: custom
    x-amazon-apigateway-authorizer:
      type: token
      authorizerUri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations
paths:
  /pets:
    get:
      security: [{ words: [] }]
      x-amazon-apigateway-integration: { type: HTTP_PROXY, httpMethod: GET, uri: '${await echo()}/p' }
`);
    const { id: restApiId = '', apiKeySource } = await run('ImportRestApi', {
      body,
      parameters: { basepath: 'prepend' },
    });
    expect(apiKeySource).toBe('AUTHORIZER');
    await deploy(restApiId);
    const path = `/${restApiId}/prod/v2/pets`;
    expect(await statuses(1, path)).toEqual([401]);
    expect(await statuses(1, path, { 'x-word': 'b' })).toEqual([403]);
    expect(JSON.parse((await ask(path, { 'x-word': 'a' })).body)).toMatchObject({ url: '/p' });
  });

  it('changes nothing where it is wrong, and says what is', async () => {
    const { restApiId } = await make();
    const wrong = document('http://127.0.0.1:1');
    Object.assign(wrong.paths['/pets/{id}'], { parameters: [] });
    const put = run('PutRestApi', { restApiId, body: Buffer.from(JSON.stringify(wrong)), mode: 'overwrite' });
    await expect(put).rejects.toMatchObject({
      code: 'BadRequestException',
      message: expect.stringContaining(
        "Unable to put integration on 'GET' for resource at path '/pets/{id}'",
      ),
    });
    const { items = [] } = await run('GetResources', { restApiId });
    expect(items.map(({ path }) => path).sort()).toEqual(['/', '/hello']);
  });
});
