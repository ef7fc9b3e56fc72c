import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CreateIntegrationRequest } from '@aws-sdk/client-apigatewayv2';
import { beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { execute } from '../../../core/execute.ts';
import { apiGatewayV2 } from '../../../services/apigatewayv2/index.ts';
import { createFunctionRole } from '../../../testing/test-function.ts';
import { closingAfterEach } from '../../testing/closing.ts';
import { type Gateway, startGateway } from '../../testing/gateway.ts';
import { send } from '../../testing/requests.ts';

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

interface Told {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A backend that waits to be asked what it has been told, one request after another. */
interface Backend {
  uri: string;
  next(): Promise<Told>;
}

async function backend(status: (path: string) => number = () => 200): Promise<Backend> {
  const told: Told[] = [];
  const waiting: ((told: Told) => void)[] = [];
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url = '', headers } = request;
    const one = { url, headers, body: Buffer.concat(chunks).toString() };
    response.statusCode = status(url);
    response.end('{"why":"so"}');
    const waiter = waiting.shift();
    if (waiter) waiter(one);
    else told.push(one);
  }
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing(() => server.close());
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: () =>
      new Promise((resolve) => {
        const held = told.shift();
        if (held) resolve(held);
        else waiting.push(resolve);
      }),
  };
}

const connectionId = { 'integration.request.header.connectionId': 'context.connectionId' };

/** An API in stage `prod`, each of whose routes has an integration of its own; gives its id. */
async function deploy(
  routes: Record<string, Partial<CreateIntegrationRequest> & { auth?: object }>,
): Promise<string> {
  const { ApiId } = await run('CreateApi', {
    Name: 'chat',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  await run('CreateStage', { ApiId, StageName: 'prod', AutoDeploy: true, StageVariables: { name: 'v' } });
  for (const [RouteKey, { auth, ...integration }] of Object.entries(routes)) {
    const { IntegrationId } = await run('CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'POST',
      RequestParameters: connectionId,
      ...integration,
    });
    await run('CreateRoute', { ApiId, RouteKey, Target: `integrations/${IntegrationId}`, ...auth });
  }
  return ApiId ?? '';
}

function open(apiId: string, { query = '', headers = {} } = {}): WebSocket {
  const { host, port } = gateway.place;
  const client = new WebSocket(`ws://${host}:${port}/${apiId}/prod${query}`, { headers });
  client.on('error', () => {});
  closing(() => client.terminate());
  return client;
}

function opened(client: WebSocket): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    client.once('open', () => resolve(client));
    client.once('error', reject);
  });
}

/** What a client is answered that is not let in. */
function refused(client: WebSocket): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    client.once('unexpected-response', (_request, response) => resolve(response.statusCode));
    client.once('open', () => reject(new Error('it was let in')));
  });
}

const message = (client: WebSocket): Promise<string> =>
  new Promise((resolve) => {
    client.once('message', (data) => resolve(String(data)));
  });

const closed = (client: WebSocket): Promise<number> =>
  new Promise((resolve) => {
    client.once('close', resolve);
  });

const signed = (accessKeyId = 'local') => ({
  Authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20250101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0`,
});

function manage(apiId: string, id: string, options: Parameters<typeof send>[1] = {}) {
  const path = `/${apiId}/prod/@connections/${encodeURIComponent(id)}`;
  return send(gateway.place, { path, headers: signed(), ...options });
}

describe('a client', () => {
  it('is told of to the backend: that it comes, what it says, that it goes', async () => {
    const { uri, next } = await backend();
    const said = {
      RequestParameters: { ...connectionId, 'integration.request.querystring.to': 'route.request.body.to' },
    };
    const id = await deploy({
      $connect: { IntegrationUri: `${uri}/come` },
      say: { IntegrationUri: `${uri}/say/\${stageVariables.name}`, ...said },
      $default: { IntegrationUri: `${uri}/else` },
      $disconnect: { IntegrationUri: `${uri}/go` },
    });
    const client = await opened(open(id, { query: '?x=1', headers: { 'x-who': 'ali' } }));
    const come = await next();
    const connection = String(come.headers.connectionid);
    expect(come).toMatchObject({ url: '/come', headers: { 'x-who': 'ali', 'x-amzn-apigateway-api-id': id } });
    expect(come.headers).not.toHaveProperty('sec-websocket-key');
    client.send(JSON.stringify({ action: 'say', to: 'bo' }));
    expect(await next()).toMatchObject({
      url: '/say/v?to=bo',
      headers: { connectionid: connection },
      body: '{"action":"say","to":"bo"}',
    });
    for (const body of ['hello', '{"action":"none"}', '{"action":"$connect"}']) {
      client.send(body);
      expect(await next()).toMatchObject({ url: '/else', body });
    }
    client.close();
    expect(await next()).toMatchObject({ url: '/go', headers: { connectionid: connection } });
    expect(gateway.cell.apis.connections.size).toBe(0);
  });

  it.each([
    { status: 401, want: 401 },
    { status: 500, want: 502 },
  ])('is not let in where $connect is answered $status', async ({ status, want }) => {
    const { uri } = await backend(() => status);
    const id = await deploy({ $connect: { IntegrationUri: uri } });
    expect(await refused(open(id))).toBe(want);
  });

  it('is let in where there is no $connect, and into no stage that is not there', async () => {
    const id = await deploy({ $default: { IntegrationType: 'MOCK' } });
    await opened(open(id));
    expect(await refused(open(id, { query: '/more' }))).toBe(403);
    await run('DeleteStage', { ApiId: id, StageName: 'prod' });
    expect(await refused(open(id))).toBe(403);
  });

  it('is told what failed', async () => {
    const { uri } = await backend(() => 500);
    const id = await deploy({ fail: { IntegrationUri: uri } });
    const client = await opened(open(id));
    client.send('{"action":"fail"}');
    expect(JSON.parse(await message(client))).toMatchObject({
      message: 'Internal server error',
      connectionId: [...gateway.cell.apis.connections.keys()][0],
    });
    client.send('{"action":"none"}');
    expect(JSON.parse(await message(client))).toMatchObject({ message: 'Forbidden' });
  });

  it('speaks to a function', async () => {
    const events: { body?: string; requestContext: Record<string, unknown> }[] = [];
    const arn = await gateway.addFunction('chat', (event: (typeof events)[number]) => {
      events.push(event);
      return { statusCode: event.body === 'bad' ? 500 : 200 };
    });
    const proxy = { IntegrationType: 'AWS_PROXY' as const, IntegrationUri: arn };
    const id = await deploy({ $connect: proxy, $default: proxy });
    const client = await opened(open(id, { query: '?x=1' }));
    client.send('bad');
    expect(JSON.parse(await message(client))).toMatchObject({ message: 'Internal server error' });
    expect(events).toMatchObject([
      { queryStringParameters: { x: '1' }, requestContext: { eventType: 'CONNECT', routeKey: '$connect' } },
      {
        body: 'bad',
        requestContext: { eventType: 'MESSAGE', routeKey: '$default', stage: 'prod', apiId: id },
      },
    ]);
  });
});

describe('a connection ends', () => {
  let id: string;
  let client: WebSocket;

  beforeEach(async () => {
    id = await deploy({ $default: { IntegrationType: 'MOCK' } });
    client = await opened(open(id));
  });

  it.each([
    { name: 'a frame over 32 KB', say: () => client.send('a'.repeat(32_769)), want: 1009 },
    {
      name: 'a message over 128 KB',
      say() {
        for (let part = 0; part < 5; part++) client.send('a'.repeat(32_768), { fin: false });
      },
      want: 1009,
    },
    { name: 'a binary message', say: () => client.send(Buffer.from('a')), want: 1003 },
    {
      name: 'a text that is none',
      say: () => client.send(Buffer.from([0xff]), { binary: false }),
      want: 1007,
    },
    { name: 'two hours', say: () => keepAlive(), want: 1001 },
    { name: 'ten silent minutes', say: () => gateway.clock.advance(600_000), want: 1001 },
  ])('after $name', async ({ say, want }) => {
    const end = closed(client);
    await say();
    expect(await end).toBe(want);
  });

  it('not after ten minutes in which something was said', async () => {
    await gateway.clock.advance(500_000);
    await pinged();
    await gateway.clock.advance(500_000);
    const [connection] = gateway.cell.apis.connections.values();
    expect(connection?.lastActiveAt).toBe(gateway.clock.now() - 500_000);
  });

  function pinged(): Promise<void> {
    return new Promise((resolve) => {
      client.once('pong', () => resolve());
      client.ping();
    });
  }

  async function keepAlive(): Promise<void> {
    for (let minutes = 0; minutes < 115; minutes += 5) {
      await gateway.clock.advance(300_000);
      await pinged();
    }
    await gateway.clock.advance(300_000);
  }
});

describe('the backend', () => {
  it('speaks to a connection, asks about it, and ends it', async () => {
    const id = await deploy({ $default: { IntegrationType: 'MOCK' } });
    const client = await opened(open(id, { headers: { 'user-agent': 'test' } }));
    const [connection = ''] = gateway.cell.apis.connections.keys();
    const heard = message(client);
    expect(await manage(id, connection, { method: 'POST', body: 'hello' })).toMatchObject({ status: 200 });
    expect(await heard).toBe('hello');
    const about = await manage(id, connection);
    expect(JSON.parse(about.body)).toMatchObject({ identity: { userAgent: 'test', sourceIp: '127.0.0.1' } });
    const end = closed(client);
    expect(await manage(id, connection, { method: 'DELETE' })).toMatchObject({ status: 204 });
    expect(await end).toBe(1000);
    expect(await manage(id, connection, { method: 'POST', body: 'still?' })).toMatchObject({
      status: 410,
      headers: { 'x-amzn-errortype': 'GoneException' },
    });
  });

  it('is refused what is too long, unsigned, or not its role’s to do', async () => {
    const id = await deploy({ $default: { IntegrationType: 'MOCK' } });
    await opened(open(id));
    const [connection = ''] = gateway.cell.apis.connections.keys();
    const long = { method: 'POST', body: 'a'.repeat(131_073) };
    expect(await manage(id, connection, long)).toMatchObject({ status: 413 });
    expect(await manage(id, connection, { headers: {} })).toMatchObject({ status: 403 });
    await createFunctionRole(gateway.call, 'backend');
    const role = gateway.cell.identity.roles.get('backend');
    if (!role) throw new Error('no role');
    const headers = signed(gateway.cell.identity.issue(role, 'test').accessKeyId);
    expect(await manage(id, connection, { headers })).toMatchObject({ status: 403 });
    const Resource = `arn:aws:execute-api:us-east-1:000000000000:${id}/prod/GET/@connections/*`;
    const Statement = { Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource };
    role.inlinePolicies.set('p', JSON.stringify({ Version: '2012-10-17', Statement }));
    expect(await manage(id, connection, { headers })).toMatchObject({ status: 200 });
    expect(await manage(id, connection, { headers, method: 'DELETE' })).toMatchObject({ status: 403 });
  });
});

describe('authorization at $connect', () => {
  it('is asked of a function, whose context the backend gets', async () => {
    const arn = await gateway.addFunction(
      'auth',
      (event: { queryStringParameters: { word: string }; methodArn: string }) => {
        const Effect = event.queryStringParameters.word === 'sesame' ? 'Allow' : 'Deny';
        const Statement = { Effect, Action: 'execute-api:Invoke', Resource: event.methodArn };
        return { principalId: 'ali', policyDocument: { Statement: [Statement] }, context: { who: 'ali' } };
      },
    );
    const { uri, next } = await backend();
    const RequestParameters = { 'integration.request.header.who': 'context.authorizer.who' };
    const ApiId = await deploy({ $connect: { IntegrationUri: uri, RequestParameters } });
    const { AuthorizerId } = await run('CreateAuthorizer', {
      ApiId,
      Name: 'auth',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
      IdentitySource: ['route.request.querystring.word'],
    });
    const { Items: [route] = [] } = await run('GetRoutes', { ApiId });
    await run('UpdateRoute', { ApiId, RouteId: route?.RouteId, AuthorizationType: 'CUSTOM', AuthorizerId });
    await opened(open(ApiId, { query: '?word=sesame' }));
    expect(await next()).toMatchObject({ headers: { who: 'ali' } });
    expect(await refused(open(ApiId, { query: '?word=barley' }))).toBe(403);
    expect(await refused(open(ApiId))).toBe(401);
  });

  it('is by signature', async () => {
    const auth = { AuthorizationType: 'AWS_IAM' };
    const id = await deploy({ $connect: { IntegrationType: 'MOCK', auth } });
    expect(await refused(open(id))).toBe(403);
    await opened(open(id, { headers: signed() }));
  });
});

it('answers those as ever who ask another API to change protocols', async () => {
  const { uri, next } = await backend();
  const { ApiId } = await run('CreateApi', { Name: 'http', ProtocolType: 'HTTP', Target: uri });
  const headers = { Connection: 'Upgrade', Upgrade: 'h2c' };
  const asked = send(gateway.place, { method: 'POST', path: `/${ApiId}/`, headers, body: 'hello' });
  expect(await asked).toMatchObject({ status: 200, body: '{"why":"so"}' });
  expect(await next()).toMatchObject({ body: 'hello' });
});

it.each([
  {
    name: 'an API without a selection',
    call: () => run('CreateApi', { Name: 'a', ProtocolType: 'WEBSOCKET' }),
  },
  { name: 'an unknown special route', call: () => route({ RouteKey: '$else' }) },
  { name: 'authorization of messages', call: () => route({ RouteKey: 'say', AuthorizationType: 'AWS_IAM' }) },
  { name: 'an integration of another type', call: () => integration({ IntegrationType: 'AWS' }) },
  { name: 'an integration without a URI', call: () => integration({ IntegrationType: 'HTTP_PROXY' }) },
  { name: 'a long time-out', call: () => integration({ IntegrationType: 'MOCK', TimeoutInMillis: 29_001 }) },
  {
    name: 'a VPC link that is not there',
    call: () =>
      integration({
        IntegrationType: 'HTTP_PROXY',
        IntegrationUri: 'http://a',
        ConnectionType: 'VPC_LINK',
        ConnectionId: 'x',
      }),
  },
])('refuses $name', async ({ call }) => {
  await expect(call()).rejects.toMatchObject({ code: 'BadRequestException' });
});

async function route(input: object): Promise<unknown> {
  const ApiId = await deploy({});
  return run('CreateRoute', { ApiId, RouteKey: '', ...input });
}

async function integration(input: Partial<CreateIntegrationRequest>): Promise<unknown> {
  const ApiId = await deploy({});
  return run('CreateIntegration', { ApiId, IntegrationType: 'MOCK', ...input });
}
