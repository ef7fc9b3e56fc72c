import { strToU8, zipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import type { Cell } from '../../core/cell.ts';
import { execute } from '../../core/execute.ts';
import { iam } from '../../services/iam/index.ts';
import { lambda } from '../../services/lambda/index.ts';
import type { Runner } from '../../world/functions/runner.ts';
import { registeredProviders } from '../resources/registry.ts';
import { type StackDriver, stackDriver } from '../testing/stack-driver.ts';
import { testCell } from '../testing/test-cell.ts';
import { customResourceRoute } from './callback.ts';
import type { CustomResourceRequest } from './request.ts';

/** What the function answers to a request; nothing where it does not. */
type Answer = (request: CustomResourceRequest) => object | undefined;

let answer: Answer;
let requests: CustomResourceRequest[];
let driver: StackDriver;
let functionArn: string;

const succeed: Answer = (request) => ({
  ...echo(request),
  Status: 'SUCCESS',
  PhysicalResourceId: request.PhysicalResourceId ?? 'ips-1',
  Data: { list: 'a,b', rules: [{ FromPort: 80 }] },
});

beforeEach(async () => {
  const clock = steppedClock();
  const cell: Cell = testCell(
    clock,
    runner(() => cell),
  );
  driver = stackDriver(registeredProviders, { cell, clock });
  answer = succeed;
  requests = [];
  functionArn = await createFunction();
});

describe('a custom resource', () => {
  it('is asked with strings, and gives its data as attributes', async () => {
    await deploy({ Port: 80, On: true, Nested: { List: [1, 'a'] } });
    expect(requests).toMatchObject([
      {
        RequestType: 'Create',
        StackId: driver.stack().id,
        LogicalResourceId: 'Ips',
        ResourceType: 'Custom::Ips',
        ResourceProperties: {
          ServiceToken: functionArn,
          Port: '80',
          On: 'true',
          Nested: { List: ['1', 'a'] },
        },
      },
    ]);
    expect(requests[0]).not.toHaveProperty('PhysicalResourceId');
    expect(driver.stack().status).toBe('CREATE_COMPLETE');
    expect(driver.stack().outputs).toEqual([
      { OutputKey: 'Id', OutputValue: 'ips-1' },
      { OutputKey: 'List', OutputValue: 'a,b' },
    ]);
  });

  it('is told what it was when it changes, and deleted when it becomes another', async () => {
    await deploy({ Port: 80 });
    answer = (request) => ({ ...succeed(request), PhysicalResourceId: 'ips-2' });
    await driver.update(template({ Port: 81 }));
    await driver.clock.advance(0);
    expect(driver.stack().status).toBe('UPDATE_COMPLETE');
    expect(requests.slice(1)).toMatchObject([
      {
        RequestType: 'Update',
        PhysicalResourceId: 'ips-1',
        ResourceProperties: { Port: '81' },
        OldResourceProperties: { Port: '80' },
      },
      { RequestType: 'Delete', PhysicalResourceId: 'ips-1', ResourceProperties: { Port: '80' } },
    ]);
    expect(driver.stack().resources.get('Ips')?.physicalId).toBe('ips-2');
  });

  it('is deleted with its stack', async () => {
    await deploy({});
    await driver.remove();
    await driver.clock.advance(0);
    expect(requests.at(-1)).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'ips-1' });
    expect(driver.stack().status).toBe('DELETE_COMPLETE');
  });

  it('says why it failed, and is deleted by the id that it gave (FM24)', async () => {
    answer = (request) =>
      request.RequestType === 'Create'
        ? { ...echo(request), Status: 'FAILED', Reason: 'no such load balancer', PhysicalResourceId: 'half' }
        : succeed(request);
    await deploy({});
    expect(driver.stack().status).toBe('ROLLBACK_COMPLETE');
    expect(driver.stack().resources.get('Ips')?.physicalId).toBe('half');
    expect(reasonOfFailure()).toBe(
      `Received response status [FAILED] from custom resource. Message returned: no such load balancer (RequestId: ${requests[0]?.RequestId})`,
    );
    expect(requests.at(-1)).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: 'half' });
  });

  it('fails when no answer comes in time, an hour unless said, and is deleted all the same (FM24)', async () => {
    answer = (request) => (request.RequestType === 'Create' ? undefined : succeed(request));
    await deploy({});
    await driver.clock.advance(3_599_000);
    expect(driver.stack().status).toBe('CREATE_IN_PROGRESS');
    await driver.clock.advance(1_000);
    expect(driver.stack().status).toBe('ROLLBACK_COMPLETE');
    expect(reasonOfFailure()).toMatch(
      /^CloudFormation did not receive a response from your Custom Resource\./,
    );
    expect(requests.at(-1)?.PhysicalResourceId).toMatch(/^app-Ips-[a-z0-9]{12}$/);
  });

  it('waits as long as ServiceTimeout says', async () => {
    answer = () => undefined;
    await deploy({ ServiceTimeout: 60 });
    await driver.clock.advance(60_000);
    expect(reasonOfFailure()).toMatch(/^CloudFormation did not receive a response/);
  });

  it.each([
    {
      name: 'another request',
      change: { RequestId: 'x' },
      want: 'Invalid response object: RequestId must be',
    },
    { name: 'no id', change: { PhysicalResourceId: '' }, want: 'Invalid PhysicalResourceId' },
    {
      name: 'too long an id',
      change: { PhysicalResourceId: 'x'.repeat(1025) },
      want: 'Invalid PhysicalResourceId',
    },
    {
      name: 'too long a body',
      change: { Data: { list: 'x'.repeat(4096) } },
      want: 'Response object is too long.',
    },
    { name: 'no status', change: { Status: 'DONE' }, want: 'Status must be SUCCESS or FAILED' },
    {
      name: 'a failure without reason',
      change: { Status: 'FAILED' },
      want: 'Value of property Reason must be of type String',
    },
  ])('fails on a response with $name (FM24)', async ({ change, want }) => {
    answer = (request) =>
      request.RequestType === 'Create' ? { ...succeed(request), ...change } : succeed(request);
    await deploy({});
    expect(reasonOfFailure()).toContain(want);
  });

  it('fails at once where its function does not exist, and asks nobody to undo that', async () => {
    const missing = functionArn.replace('ips', 'nobody');
    await driver.create({
      Resources: { Ips: { Type: 'Custom::Ips', Properties: { ServiceToken: missing } } },
    });
    await driver.clock.advance(0);
    expect(driver.stack().status).toBe('ROLLBACK_COMPLETE');
    expect(reasonOfFailure()).toContain(`Function not found: ${missing}`);
    expect(requests).toEqual([]);
  });
});

describe('the response URL', () => {
  it('takes the first answer and ignores a second', async () => {
    answer = () => undefined;
    await deploy({});
    const [request] = requests;
    if (!request) throw new Error('the function was not asked');
    expect(await put(request, { ...succeed(request), PhysicalResourceId: 'first' })).toBe(200);
    expect(await put(request, { ...succeed(request), PhysicalResourceId: 'second' })).toBe(200);
    await driver.clock.advance(0);
    expect(driver.stack().resources.get('Ips')?.physicalId).toBe('first');
  });

  it('is refused without its signature', async () => {
    answer = () => undefined;
    await deploy({});
    const [request] = requests;
    if (!request) throw new Error('the function was not asked');
    expect(await put({ ...request, ResponseURL: request.ResponseURL.slice(0, -1) }, {})).toBe(403);
    expect(driver.stack().status).toBe('CREATE_IN_PROGRESS');
  });
});

function template(properties: object): object {
  return {
    Resources: { Ips: { Type: 'Custom::Ips', Properties: { ServiceToken: functionArn, ...properties } } },
    Outputs: { Id: { Value: { Ref: 'Ips' } }, List: { Value: { 'Fn::GetAtt': 'Ips.list' } } },
  };
}

async function deploy(properties: object): Promise<void> {
  await driver.create(template(properties));
  await driver.clock.advance(0);
}

function reasonOfFailure(): string | undefined {
  return driver.stack().events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')
    ?.ResourceStatusReason;
}

function echo({ StackId, RequestId, LogicalResourceId }: CustomResourceRequest): object {
  return { StackId, RequestId, LogicalResourceId };
}

/** Runs the function's part: hears the request, and sends the answer to the URL in it. */
function runner(cell: () => Cell): Runner {
  return {
    async run(_cell, _version, { payload }) {
      const request = JSON.parse(payload) as CustomResourceRequest;
      requests.push(request);
      const body = answer(request);
      if (body) await put(request, body, cell());
      return { payload: 'null', functionError: undefined, durationMs: 1, log: '' };
    },
    retire: () => {},
  };
}

async function put(
  request: CustomResourceRequest,
  body: object,
  cell: Cell = driver.cell,
): Promise<number | undefined> {
  const { pathname, searchParams } = new URL(request.ResponseURL);
  const answered = await customResourceRoute(() => cell)({
    method: 'PUT',
    path: pathname,
    query: searchParams,
    headers: {},
    body: strToU8(JSON.stringify(body)),
  });
  return typeof answered === 'object' ? answered.status : undefined;
}

async function createFunction(): Promise<string> {
  const { call, clock } = driver;
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await execute(iam, 'CreateRole', { RoleName: 'ips', AssumeRolePolicyDocument }, call);
  const { FunctionArn = '' } = await execute(
    lambda,
    'CreateFunction',
    {
      FunctionName: 'ips',
      Role: Role?.Arn,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8('export const handler = () => {}') }) },
    },
    call,
  );
  await clock.advance(10_000);
  return FunctionArn;
}
