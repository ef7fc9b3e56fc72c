import { beforeEach, describe, expect, it } from 'vitest';
import { type SteppedClock, steppedClock } from '../../clock/stepped-clock.ts';
import type { Cell } from '../../core/cell.ts';
import { execute } from '../../core/execute.ts';
import { seeded } from '../../core/random.ts';
import { Apis } from '../../world/apis/apis.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import { LoadBalancing } from '../../world/load-balancing/load-balancing.ts';
import { apiGateway } from './index.ts';

type Action = keyof typeof apiGateway.operations & string;
type Input<Name extends Action> = Parameters<NonNullable<(typeof apiGateway.operations)[Name]>>[0];

const nlbArn = 'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/nlb/0123456789abcdef';

let clock: SteppedClock;
let cell: Cell;
let restApiId: string;
let rootId: string;

function run<Name extends Action>(action: Name, input: Input<Name>) {
  return execute(apiGateway, action, input as never, { cell, caller: '', requestId: '' });
}

beforeEach(async () => {
  clock = steppedClock();
  const random = seeded(1);
  const parts = {
    account: '000000000000',
    clock,
    apis: new Apis(random, clock),
    loadBalancing: new LoadBalancing(),
  };
  cell = parts as Partial<Cell> as Cell;
  const api = await run('CreateRestApi', { name: 'api', tags: { team: 'edge' } });
  restApiId = api.id ?? '';
  rootId = api.rootResourceId ?? '';
});

/** A resource below the root. */
async function resource(pathPart: string, parentId = rootId): Promise<string> {
  return (await run('CreateResource', { restApiId, parentId, pathPart })).id ?? '';
}

/** A method at the root that answers by itself, or as given. */
async function method(integration: Partial<Input<'PutIntegration'>> = {}): Promise<void> {
  const id = { restApiId, resourceId: rootId, httpMethod: 'GET' };
  await run('PutMethod', { ...id, authorizationType: 'NONE' });
  await run('PutIntegration', { ...id, type: 'MOCK', ...integration });
}

describe('REST APIs', () => {
  it('begins with a root resource', async () => {
    expect(await run('GetRestApi', { restApiId })).toMatchObject({
      id: restApiId,
      name: 'api',
      createdDate: new Date(clock.now()),
      rootResourceId: rootId,
      tags: { team: 'edge' },
    });
    expect(await run('GetResources', { restApiId })).toMatchObject({ items: [{ id: rootId, path: '/' }] });
  });

  it('is gone when it is deleted, in AWS’s words', async () => {
    await run('DeleteRestApi', { restApiId });
    await expect(run('GetRestApi', { restApiId })).rejects.toMatchObject({
      code: 'NotFoundException',
      status: 404,
      message: `Invalid API identifier specified 000000000000:${restApiId}`,
    });
    expect(await run('GetRestApis', {})).toMatchObject({ items: [] });
  });

  it('is patched, all or nothing', async () => {
    const rename = { op: 'replace', path: '/name', value: 'renamed' } as const;
    const wrong = { op: 'replace', path: '/moon', value: 'full' } as const;
    await expect(run('UpdateRestApi', { restApiId, patchOperations: [rename, wrong] })).rejects.toMatchObject(
      {
        code: 'BadRequestException',
        message: expect.stringMatching(
          /^Invalid patch path {2}'\/moon' specified for op 'replace'\. Must be one of: \[\/name, /,
        ),
      },
    );
    expect(await run('GetRestApi', { restApiId })).toMatchObject({ name: 'api' });
    await run('UpdateRestApi', { restApiId, patchOperations: [rename] });
    expect(await run('GetRestApi', { restApiId })).toMatchObject({ name: 'renamed' });
  });

  it('is listed page by page', async () => {
    for (let count = 0; count < 3; count++) await run('CreateRestApi', { name: `api-${count}` });
    const first = await run('GetRestApis', { limit: 3 });
    const second = await run('GetRestApis', { limit: 3, position: first.position });
    expect([first.items?.length, second.items?.length, second.position]).toEqual([3, 1, undefined]);
    await expect(run('GetRestApis', { limit: 501 })).rejects.toMatchObject({ code: 'BadRequestException' });
  });
});

describe('resources', () => {
  it('have the path of their parents', async () => {
    const child = await resource('{id}', await resource('pets'));
    expect(await run('GetResource', { restApiId, resourceId: child })).toMatchObject({
      path: '/pets/{id}',
      pathPart: '{id}',
    });
  });

  it.each([
    { name: 'the same name twice', pathPart: 'pets', code: 'ConflictException' },
    { name: 'a second variable', pathPart: '{other}', code: 'BadRequestException' },
    { name: 'a wrong name', pathPart: 'a/b', code: 'BadRequestException' },
    { name: 'an empty name', pathPart: '', code: 'BadRequestException' },
  ])('refuse $name', async ({ pathPart, code }) => {
    await resource('pets');
    await resource('{id}');
    await expect(resource(pathPart)).rejects.toMatchObject({ code });
  });

  it('refuse children of a greedy variable', async () => {
    const greedy = await resource('{proxy+}');
    await expect(resource('child', greedy)).rejects.toMatchObject({ code: 'BadRequestException' });
  });

  it('take what is below them along', async () => {
    const parent = await resource('pets');
    const child = await resource('{id}', parent);
    await run('DeleteResource', { restApiId, resourceId: parent });
    await expect(run('GetResource', { restApiId, resourceId: child })).rejects.toThrow(
      'Invalid Resource identifier specified',
    );
    await expect(run('DeleteResource', { restApiId, resourceId: rootId })).rejects.toMatchObject({
      code: 'BadRequestException',
    });
  });

  it('show their methods, whole where they are embedded', async () => {
    await method();
    const id = { restApiId, resourceId: rootId };
    expect((await run('GetResource', id)).resourceMethods).toEqual({ GET: {} });
    expect((await run('GetResource', { ...id, embed: ['methods'] })).resourceMethods).toMatchObject({
      GET: { authorizationType: 'NONE', methodIntegration: { type: 'MOCK', timeoutInMillis: 29_000 } },
    });
  });
});

describe('methods', () => {
  const id = () => ({ restApiId, resourceId: rootId, httpMethod: 'GET' });

  it('exist once', async () => {
    await method();
    await expect(run('PutMethod', { ...id(), authorizationType: 'NONE' })).rejects.toMatchObject({
      code: 'ConflictException',
      status: 409,
    });
    await run('DeleteMethod', id());
    await expect(run('GetMethod', id())).rejects.toThrow('Invalid Method identifier specified');
    await expect(
      run('PutMethod', { ...id(), httpMethod: 'FETCH', authorizationType: 'NONE' }),
    ).rejects.toMatchObject({
      code: 'BadRequestException',
    });
  });

  it('hold responses, theirs before those of the integration', async () => {
    await method();
    const response = { ...id(), statusCode: '200' };
    await expect(run('PutIntegrationResponse', response)).rejects.toThrow(
      'Invalid Response status code specified',
    );
    await run('PutMethodResponse', response);
    await run('PutIntegrationResponse', { ...response, responseTemplates: { 'application/json': '{}' } });
    expect(await run('GetMethod', id())).toMatchObject({
      methodResponses: { '200': { statusCode: '200' } },
      methodIntegration: {
        integrationResponses: { '200': { responseTemplates: { 'application/json': '{}' } } },
      },
    });
    await run('DeleteIntegrationResponse', response);
    await expect(run('GetIntegrationResponse', response)).rejects.toMatchObject({
      code: 'NotFoundException',
    });
  });

  const http = {
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'ANY',
    uri: 'http://nlb.example/{proxy}',
  } as const;
  const mapping = { 'integration.request.path.proxy': 'method.request.path.proxy' };

  it.each<{ name: string; integration: Partial<Input<'PutIntegration'>>; message: string }>([
    {
      name: 'no method',
      integration: { ...http, integrationHttpMethod: undefined },
      message: 'Enumeration value for HttpMethod must be non-empty',
    },
    {
      name: 'no URI',
      integration: { ...http, uri: 'nlb.example' },
      message: 'Invalid HTTP endpoint specified for URI',
    },
    {
      name: 'no link',
      integration: { ...http, connectionType: 'VPC_LINK' },
      message: 'Connection Id must be specified',
    },
    {
      name: 'too long a time-out',
      integration: { ...http, timeoutInMillis: 30_000 },
      message: 'Timeout should be between',
    },
    {
      name: 'a source that the method does not declare',
      integration: { ...http, requestParameters: mapping },
      message: 'errors : [Invalid mapping expression parameter specified: method.request.path.proxy]',
    },
  ])('refuse an integration with $name', async ({ integration, message }) => {
    await expect(method(integration)).rejects.toMatchObject({
      code: 'BadRequestException',
      message: expect.stringContaining(message),
    });
  });

  it('let an integration be put again, and be deleted', async () => {
    await method();
    await run('PutIntegration', { ...id(), ...http });
    expect(await run('GetIntegration', id())).toMatchObject({ type: 'HTTP_PROXY', httpMethod: 'ANY' });
    await run('DeleteIntegration', id());
    await expect(run('GetIntegration', id())).rejects.toThrow('Invalid Integration identifier specified');
  });
});

describe('deployments and stages', () => {
  it('refuse an API that has nothing to serve', async () => {
    await expect(run('CreateDeployment', { restApiId })).rejects.toThrow(
      "The REST API doesn't contain any methods",
    );
    await run('PutMethod', { restApiId, resourceId: rootId, httpMethod: 'GET', authorizationType: 'NONE' });
    await expect(run('CreateDeployment', { restApiId })).rejects.toThrow('No integration defined for method');
  });

  it('keep what was deployed', async () => {
    await method();
    const { id: deploymentId } = await run('CreateDeployment', { restApiId, stageName: 'prod' });
    await run('DeleteMethod', { restApiId, resourceId: rootId, httpMethod: 'GET' });
    expect(await run('GetDeployment', { restApiId, deploymentId, embed: ['apisummary'] })).toMatchObject({
      apiSummary: { '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } },
    });
  });

  it('move a stage to a new deployment', async () => {
    await method();
    const first = await run('CreateDeployment', {
      restApiId,
      stageName: 'prod',
      variables: { colour: 'blue' },
    });
    await clock.advance(1_000);
    const second = await run('CreateDeployment', { restApiId, stageName: 'prod' });
    expect(await run('GetStage', { restApiId, stageName: 'prod' })).toMatchObject({
      deploymentId: second.id,
      variables: { colour: 'blue' },
      createdDate: new Date(clock.now() - 1_000),
      lastUpdatedDate: new Date(clock.now()),
    });
    expect(await run('GetStages', { restApiId, deploymentId: first.id })).toEqual({ item: [] });
    expect((await run('GetStages', { restApiId })).item).toHaveLength(1);
  });

  it('guard the deployment of a stage', async () => {
    await method();
    const { id: deploymentId } = await run('CreateDeployment', { restApiId });
    await run('CreateStage', { restApiId, stageName: 'prod', deploymentId });
    await expect(run('CreateStage', { restApiId, stageName: 'prod', deploymentId })).rejects.toMatchObject({
      code: 'ConflictException',
    });
    await expect(run('CreateStage', { restApiId, stageName: 'a b', deploymentId })).rejects.toThrow(
      'Stage name only allows',
    );
    await expect(run('CreateStage', { restApiId, stageName: 'beta', deploymentId: 'none' })).rejects.toThrow(
      'Invalid Deployment identifier specified',
    );
    await expect(run('DeleteDeployment', { restApiId, deploymentId })).rejects.toThrow(
      'Active stages pointing to this deployment must be moved or deleted',
    );
    await run('DeleteStage', { restApiId, stageName: 'prod' });
    await run('DeleteDeployment', { restApiId, deploymentId });
    await expect(run('GetStage', { restApiId, stageName: 'prod' })).rejects.toThrow(
      'Invalid stage identifier specified',
    );
  });

  it('are patched', async () => {
    await method();
    await run('CreateDeployment', { restApiId, stageName: 'prod', variables: { colour: 'blue' } });
    const patched = await run('UpdateStage', {
      restApiId,
      stageName: 'prod',
      patchOperations: [
        { op: 'replace', path: '/description', value: 'live' },
        { op: 'remove', path: '/variables/colour' },
        { op: 'replace', path: '/*/*/throttling/rateLimit', value: '50' },
        { op: 'replace', path: '/~1pets~1{id}/GET/logging/loglevel', value: 'INFO' },
      ],
    });
    expect(patched).toMatchObject({
      description: 'live',
      variables: undefined,
      methodSettings: { '*/*': { throttlingRateLimit: 50 }, 'pets/{id}/GET': { loggingLevel: 'INFO' } },
    });
    const deploymentId = { op: 'replace', path: '/deploymentId', value: 'none' } as const;
    await expect(
      run('UpdateStage', { restApiId, stageName: 'prod', patchOperations: [deploymentId] }),
    ).rejects.toMatchObject({ code: 'NotFoundException' });
  });
});

describe('VPC links', () => {
  beforeEach(() => {
    const nlb = { arn: nlbArn, type: 'network' } as LoadBalancer;
    cell.loadBalancing.loadBalancers.set(nlbArn, nlb);
  });

  it('are available two minutes later', async () => {
    const { id: vpcLinkId, status } = await run('CreateVpcLink', { name: 'link', targetArns: [nlbArn] });
    expect(status).toBe('PENDING');
    await clock.advance(119_000);
    expect(await run('GetVpcLink', { vpcLinkId })).toMatchObject({ status: 'PENDING' });
    await clock.advance(1_000);
    expect(await run('GetVpcLink', { vpcLinkId })).toMatchObject({
      status: 'AVAILABLE',
      targetArns: [nlbArn],
    });
    expect((await run('GetVpcLinks', {})).items).toHaveLength(1);
  });

  it('fail where there is no network load balancer', async () => {
    const { id: vpcLinkId } = await run('CreateVpcLink', { name: 'link', targetArns: [`${nlbArn}0`] });
    await clock.advance(120_000);
    expect(await run('GetVpcLink', { vpcLinkId })).toMatchObject({
      status: 'FAILED',
      statusMessage: expect.stringContaining(`${nlbArn}0`),
    });
  });

  it.each([
    { targetArns: [], message: 'No target arn specified for vpc link.' },
    { targetArns: [nlbArn, nlbArn], message: 'More than one target arn specified for vpc link.' },
  ])('refuse $targetArns.length targets', async ({ targetArns, message }) => {
    await expect(run('CreateVpcLink', { name: 'link', targetArns })).rejects.toThrow(message);
  });

  it('stay while a stage goes through them', async () => {
    const { id: vpcLinkId } = await run('CreateVpcLink', { name: 'link', targetArns: [nlbArn] });
    await method({
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'http://nlb',
      connectionType: 'VPC_LINK',
      connectionId: vpcLinkId,
    });
    await run('CreateDeployment', { restApiId, stageName: 'prod' });
    await expect(run('DeleteVpcLink', { vpcLinkId })).rejects.toThrow(
      `Cannot delete vpc link. Vpc link '${vpcLinkId}', is referenced in [${restApiId}:GET:${rootId}:prod]`,
    );
    await run('DeleteStage', { restApiId, stageName: 'prod' });
    await run('DeleteVpcLink', { vpcLinkId });
    await expect(run('GetVpcLink', { vpcLinkId })).rejects.toMatchObject({ code: 'NotFoundException' });
  });
});

it('sets the role that writes logs', async () => {
  expect(await run('GetAccount', {})).toMatchObject({ throttleSettings: { rateLimit: 10_000 } });
  const value = 'arn:aws:iam::000000000000:role/logs';
  await run('UpdateAccount', { patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }] });
  expect(await run('GetAccount', {})).toMatchObject({ cloudwatchRoleArn: value });
});

it('tags what an ARN names', async () => {
  await method();
  await run('CreateDeployment', { restApiId, stageName: 'prod' });
  for (const path of ['', '/stages/prod']) {
    const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}${path}`;
    await run('TagResource', { resourceArn, tags: { team: 'core', tier: '1' } });
    await run('UntagResource', { resourceArn, tagKeys: ['tier'] });
    expect(await run('GetTags', { resourceArn })).toEqual({ tags: { team: 'core' } });
  }
  await expect(run('GetTags', { resourceArn: 'arn:aws:s3:::bucket' })).rejects.toMatchObject({
    code: 'BadRequestException',
  });
});
