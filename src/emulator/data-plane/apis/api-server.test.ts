import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Integration, Method } from '@aws-sdk/client-api-gateway';
import { beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import type { Cell } from '../../core/cell.ts';
import { execute } from '../../core/execute.ts';
import { seeded } from '../../core/random.ts';
import type { Call } from '../../core/service.ts';
import { apiGateway } from '../../services/api-gateway/index.ts';
import { loopback } from '../loopback/loopback.ts';
import { closingAfterEach } from '../testing/closing.ts';
import { type Answer, send } from '../testing/requests.ts';
import { addBalancer, emptyCell } from '../testing/world.ts';
import { apiServer } from './api-server.ts';
import { endpoints } from './endpoint.ts';

const closing = closingAfterEach();

let cell: Cell;
let call: Call;
let clock: SteppedClock;
let port: number;
/** What chance says when a connection is chosen: at 1 always a kept one, at 0 always a new one. */
let chance: number;

beforeEach(async () => {
  clock = steppedClock();
  chance = 0.99;
  cell = emptyCell(clock);
  call = { cell, caller: '', requestId: '' };
  const reachable = endpoints({ clock, loopback: loopback('single'), random: () => chance });
  closing(() => reachable.close());
  port = await listen(apiServer({ cells: [cell], endpoints: reachable, clock, random: seeded(2) }));
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A backend of this machine; gives the URL of its root. */
async function backend(handle: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer({ keepAliveTimeout: 60_000 }, handle))}`;
}

/** An API with one method at `/hello`, deployed as `prod`; gives its id. */
async function deploy(integration: Partial<Integration>, method: Partial<Method> = {}): Promise<string> {
  const { id: restApiId, rootResourceId: parentId } = await execute(
    apiGateway,
    'CreateRestApi',
    { name: 'api' },
    call,
  );
  const resource = await execute(
    apiGateway,
    'CreateResource',
    { restApiId, parentId, pathPart: 'hello' },
    call,
  );
  const id = { restApiId, resourceId: resource.id, httpMethod: 'ANY' };
  await execute(apiGateway, 'PutMethod', { ...id, authorizationType: 'NONE', ...method }, call);
  const defaults = { type: 'HTTP_PROXY', integrationHttpMethod: 'ANY' } as const;
  await execute(
    apiGateway,
    'PutIntegration',
    { ...id, ...defaults, uri: 'http://127.0.0.1', ...integration },
    call,
  );
  await execute(apiGateway, 'CreateDeployment', { restApiId, stageName: 'prod' }, call);
  return restApiId ?? '';
}

function ask(path: string, options: Parameters<typeof send>[1] = {}): Promise<Answer> {
  return send({ host: '127.0.0.1', port }, { path, ...options });
}

const networkError = { status: 504, body: '{"message":"Network error communicating with endpoint"}' };

describe('what the API does not have', () => {
  it.each([
    { path: '/nobody/prod/hello', want: 'ForbiddenException', message: 'Forbidden' },
    { path: '/', want: 'ForbiddenException', message: 'Forbidden' },
    { path: '/API/beta/hello', want: 'ForbiddenException', message: 'Forbidden' },
    {
      path: '/API/prod/other',
      want: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    },
    {
      path: '/API/prod',
      want: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    },
  ])('answers 403 $want at $path', async ({ path, want, message }) => {
    const id = await deploy({ uri: 'http://127.0.0.1:1' });
    const answer = await ask(path.replace('API', id));
    expect(answer).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': want } });
    expect(JSON.parse(answer.body)).toEqual({ message });
  });

  it.each([
    { method: { authorizationType: 'AWS_IAM' }, status: 403, message: 'Missing Authentication Token' },
    { method: { authorizationType: 'COGNITO_USER_POOLS' }, status: 401, message: 'Unauthorized' },
    { method: { apiKeyRequired: true }, status: 403, message: 'Forbidden' },
  ])('answers $status to who cannot say who they are: $method', async ({ method, status, message }) => {
    const answer = await ask(`/${await deploy({}, method)}/prod/hello`);
    expect([answer.status, answer.body]).toEqual([status, JSON.stringify({ message })]);
  });

  it('serves what was deployed, not what has been changed since', async () => {
    const uri = await backend((_request, response) => response.end('deployed'));
    const restApiId = await deploy({ uri });
    for (const { id: resourceId, path } of [
      ...(cell.apis.restApis.get(restApiId)?.resources.values() ?? []),
    ]) {
      if (path !== '/') await execute(apiGateway, 'DeleteResource', { restApiId, resourceId }, call);
    }
    expect(await ask(`/${restApiId}/prod/hello`)).toMatchObject({ status: 200, body: 'deployed' });
  });

  it('says which kind of integration is not implemented', async () => {
    const answer = await ask(`/${await deploy({ type: 'AWS' })}/prod/hello`);
    expect(answer).toMatchObject({ status: 501 });
    expect(answer.body).toContain('the integration type AWS ');
  });
});

describe('proxying', () => {
  it('passes requests and answers on', async () => {
    const uri = await backend((request, response) => {
      response.writeHead(418, { 'X-Method': request.method, Server: 'pot', 'Set-Cookie': ['a=1', 'b=2'] });
      request.pipe(response);
    });
    const id = await deploy({ uri });
    const answer = await ask(`/${id}/prod/hello`, { method: 'PATCH', body: 'tea' });
    expect([answer.status, answer.body]).toEqual([418, 'tea']);
    expect(answer.headers).toMatchObject({
      'x-method': 'PATCH',
      'x-amzn-remapped-server': 'pot',
      'set-cookie': ['a=1', 'b=2'],
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-amz-apigw-id': expect.stringMatching(/=$/),
    });
    expect(answer.headers.server).toBeUndefined();
  });

  it('answers HEAD without a body', async () => {
    const uri = await backend((_request, response) => response.writeHead(200, { 'Content-Length': 5 }).end());
    expect(await ask(`/${await deploy({ uri })}/prod/hello`, { method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
    });
  });

  it('finds the API by the Host header', async () => {
    const uri = await backend((_request, response) => response.end('hello'));
    const headers = { Host: `${await deploy({ uri })}.execute-api.us-east-1.amazonaws.com` };
    expect(await ask('/prod/hello', { headers })).toMatchObject({ status: 200, body: 'hello' });
  });

  it('takes 10 MB and no more', async () => {
    const uri = await backend((request, response) => {
      let length = 0;
      request.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      request.on('end', () => response.end(String(length)));
    });
    const path = `/${await deploy({ uri })}/prod/hello`;
    const largest = 10 * 1024 * 1024;
    expect(await ask(path, { method: 'POST', body: 'x'.repeat(largest) })).toMatchObject({
      body: String(largest),
    });
    expect(await ask(path, { method: 'POST', body: 'x'.repeat(largest + 1) })).toMatchObject({
      status: 413,
      body: '{"message":"Request Too Long"}',
    });
  });

  it('gives no more than 10 MB', async () => {
    const uri = await backend((_request, response) => response.end('x'.repeat(10 * 1024 * 1024 + 1)));
    expect(await ask(`/${await deploy({ uri })}/prod/hello`)).toMatchObject({ status: 500 });
  });

  it('gives an endpoint up that does not answer in time', async () => {
    const uri = await backend(() => void clock.advance(29_000));
    expect(await ask(`/${await deploy({ uri })}/prod/hello`)).toMatchObject({
      status: 504,
      body: '{"message":"Endpoint request timed out"}',
    });
  });

  it('reports an endpoint that refuses, or hangs up', async () => {
    const refusing = await deploy({ uri: 'http://127.0.0.1:1' });
    expect(await ask(`/${refusing}/prod/hello`)).toMatchObject(networkError);
    const hangingUp = await deploy({ uri: await backend((request) => request.socket.destroy()) });
    expect(await ask(`/${hangingUp}/prod/hello`)).toMatchObject(networkError);
  });

  it('does not reach a load balancer inside a VPC without a link', async () => {
    const { dnsName } = addBalancer(cell, 'network', ['10.0.0.20']);
    expect(await ask(`/${await deploy({ uri: `http://${dnsName}` })}/prod/hello`)).toMatchObject(
      networkError,
    );
  });

  it('does not go through a link that is not set up', async () => {
    const nlb = addBalancer(cell, 'network', ['10.0.0.20']);
    const link = await execute(apiGateway, 'CreateVpcLink', { name: 'link', targetArns: [nlb.arn] }, call);
    const id = await deploy({ uri: 'http://nlb', connectionType: 'VPC_LINK', connectionId: link.id });
    expect(await ask(`/${id}/prod/hello`)).toMatchObject({ status: 500 });
  });
});

describe('connections to an endpoint', () => {
  it.each([
    { name: 'kept', by: 0.99, want: 1 },
    { name: 'new', by: 0, want: 3 },
  ])('are $name as chance decides', async ({ by, want }) => {
    const connections = new Set<Socket>();
    const uri = await backend((request, response) => {
      connections.add(request.socket);
      response.end('hello');
    });
    chance = by;
    const path = `/${await deploy({ uri })}/prod/hello`;
    for (const _ of [1, 2, 3]) {
      expect(await ask(path)).toMatchObject({ status: 200 });
      await clock.advance(100);
    }
    expect(connections.size).toBe(want);
  });
});

it('opens no new connection to an endpoint within a tenth of a second of the last, but for want of a kept one', async () => {
  const connections = new Set<Socket>();
  const uri = await backend((request, response) => {
    connections.add(request.socket);
    response.end();
  });
  const id = await deploy({ uri });
  chance = 0;
  const sent: number[] = [];
  for (const milliseconds of [0, 0, 50, 49, 1, 99, 1]) {
    await clock.advance(milliseconds);
    await ask(`/${id}/prod/hello`);
    sent.push(connections.size);
  }
  // The first is for its own sake and not kept; the second, for want of one, is.
  expect(sent).toEqual([1, 2, 2, 2, 3, 3, 4]);
});

it('closes connections to an endpoint that it has kept unused for half a minute', async () => {
  const connections = new Set<Socket>();
  const uri = await backend((request, response) => {
    connections.add(request.socket);
    response.end('hello');
  });
  const path = `/${await deploy({ uri })}/prod/hello`;
  await ask(path);
  await clock.advance(29_000);
  await ask(path);
  await clock.advance(29_000);
  expect(connections.size).toBe(1);
  const closed = [...connections].map((socket) => once(socket, 'close'));
  await clock.advance(1_000);
  await Promise.all(closed);
  expect(await ask(path)).toMatchObject({ status: 200 });
});

describe('a kept connection that ended', () => {
  /** Answers the first request of the first connection, and breaks that connection at its second request. */
  async function breaking(): Promise<{ uri: string; connections: Set<Socket> }> {
    const connections = new Set<Socket>();
    const uri = await backend((request, response) => {
      const isKept = connections.has(request.socket);
      connections.add(request.socket);
      if (isKept) request.socket.destroy();
      else response.end('hello');
    });
    return { uri, connections };
  }

  it.each([
    { method: 'GET', want: { status: 200, body: 'hello' }, connections: 2 },
    { method: 'PUT', want: { status: 200, body: 'hello' }, connections: 2 },
    { method: 'POST', want: networkError, connections: 1 },
    { method: 'PATCH', want: networkError, connections: 1 },
  ])('is tried anew for $method only as that may be sent twice', async ({ method, want, connections }) => {
    const ending = await breaking();
    const path = `/${await deploy({ uri: ending.uri })}/prod/hello`;
    expect(await ask(path)).toMatchObject({ status: 200 });
    expect(await ask(path, { method })).toMatchObject(want);
    expect(ending.connections.size).toBe(connections);
  });

  it('is tried anew once: what fails on a new connection has failed', async () => {
    const connections: Socket[] = [];
    const uri = await backend((request, response) => {
      connections.push(request.socket);
      if (connections.length === 1) response.end('hello');
      else request.socket.destroy();
    });
    const path = `/${await deploy({ uri })}/prod/hello`;
    expect(await ask(path)).toMatchObject({ status: 200 });
    expect(await ask(path)).toMatchObject(networkError);
    expect(connections).toHaveLength(3);
  });
});

it('sends no header that would be read as another, or as another request', async () => {
  const seen: (string | undefined)[] = [];
  const uri = await backend(({ url, headers }, response) => {
    seen.push(url, headers['x-q'] as string | undefined);
    response.end('ok');
  });
  const requestParameters = { 'integration.request.header.x-q': 'method.request.querystring.q' };
  const method = { requestParameters: { 'method.request.querystring.q': false } };
  const id = await deploy({ uri: `${uri}/own`, requestParameters }, method);
  for (const q of ['a%0D%0A%0D%0AGET%20/admin%20HTTP/1.1', '%C4%8D%C4%8AX-Evil:1'])
    expect(await ask(`/${id}/prod/hello?q=${q}`)).toMatchObject({ status: 500 });
  expect(await ask(`/${id}/prod/hello?q=a%20b`)).toMatchObject({ status: 200 });
  expect(seen).toEqual(['/own?q=a%20b', 'a b']);
});
