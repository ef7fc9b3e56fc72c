import type { PutParameterRequest } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, test } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { ssm } from './index.ts';

let call: Call;

beforeEach(() => {
  call = serverlessCall({ clock: steppedClock(), runner: recordingRunner() });
});

const put = (Name: string, Value = 'v', more: Partial<PutParameterRequest> = {}) =>
  execute(ssm, 'PutParameter', { Name, Value, Type: 'String', ...more }, call);

describe('PutParameter', () => {
  const refused = [
    { name: 'a', more: {}, code: 'ParameterAlreadyExists' },
    { name: 'new', more: { Type: undefined }, code: 'ValidationException' },
    { name: 'dir/new', more: {}, code: 'ValidationException' },
    { name: 'bad name', more: {}, code: 'ValidationException' },
    { name: 'awsNew', more: {}, code: 'ValidationException' },
    { name: '/ssm/new', more: {}, code: 'ValidationException' },
    { name: '/aws/new', more: {}, code: 'AccessDeniedException' },
    { name: `${'/x'.repeat(16)}`, more: {}, code: 'HierarchyLevelLimitExceededException' },
    { name: 'new', more: { Value: '' }, code: 'ValidationException' },
    { name: 'new', more: { Value: 'x'.repeat(4097) }, code: 'ValidationException' },
    { name: 'new', more: { AllowedPattern: '^\\d+$' }, code: 'ParameterPatternMismatchException' },
    { name: 'a', more: { Overwrite: true, Tags: [{ Key: 'k', Value: 'v' }] }, code: 'ValidationException' },
    { name: 'a', more: { Overwrite: true, Type: 'StringList' }, code: 'HierarchyTypeMismatchException' },
  ] as const;
  test.each(refused)('refuses $name with $more: $code', async ({ name, more, code }) => {
    await put('a');
    await expect(put(name, 'v', more as Partial<PutParameterRequest>)).rejects.toMatchObject({ code });
    expect([...call.cell.parameters.all.keys()]).toEqual(['a']);
  });

  test('makes another version where it may, of which the last hundred are kept', async () => {
    await put('a', '0', { Description: 'kept', AllowedPattern: '^\\d+$' });
    for (let value = 1; value <= 100; value++) await put('a', String(value), { Overwrite: true });

    expect((await execute(ssm, 'GetParameter', { Name: 'a' }, call)).Parameter).toMatchObject({
      Value: '100',
      Version: 101,
    });
    const { Parameters = [] } = await execute(ssm, 'GetParameterHistory', { Name: 'a' }, call);
    expect(Parameters).toHaveLength(100);
    expect(Parameters[0]).toMatchObject({ Version: 2, Value: '1', Description: 'kept' });
  });

  test.each([
    { bytes: 4096, want: 'Standard' },
    { bytes: 4097, want: 'Advanced' },
  ])('puts $bytes bytes into the tier $want', async ({ bytes, want }) => {
    expect(await put('a', 'x'.repeat(bytes), { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: want });
  });
});

describe('GetParameter', () => {
  const found = [
    { Name: '/dir/a', want: { Value: 'two', Version: 2 } },
    { Name: '/dir/a:1', want: { Value: 'one', Version: 1, Selector: ':1' } },
    { Name: 'arn:aws:ssm:us-east-1:000000000000:parameter/dir/a', want: { Value: 'two', Name: '/dir/a' } },
  ];
  test.each(found)('finds $Name', async ({ Name, want }) => {
    await put('/dir/a', 'one');
    await put('/dir/a', 'two', { Overwrite: true });

    const { Parameter } = await execute(ssm, 'GetParameter', { Name }, call);

    expect(Parameter).toMatchObject({ ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/dir/a', ...want });
  });

  test.each([
    { Name: 'b', code: 'ParameterNotFound' },
    { Name: 'a:7', code: 'ParameterVersionNotFound' },
  ])('does not find $Name', async ({ Name, code }) => {
    await put('a');
    await expect(execute(ssm, 'GetParameter', { Name }, call)).rejects.toMatchObject({ code });
  });

  test('tells a secret only with decryption', async () => {
    await put('secret', 'hidden', { Type: 'SecureString' });
    const read = async (WithDecryption: boolean) =>
      (await execute(ssm, 'GetParameter', { Name: 'secret', WithDecryption }, call)).Parameter?.Value;

    expect(await read(true)).toBe('hidden');
    expect(await read(false)).not.toContain('hidden');
  });

  test('knows the images of Amazon Linux, which nobody put there', async () => {
    const Name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64';

    const { Parameter } = await execute(ssm, 'GetParameter', { Name }, call);

    expect(Parameter).toMatchObject({
      DataType: 'aws:ec2:image',
      Value: expect.stringMatching(/^ami-\w{17}$/),
    });
  });
});

test('GetParameters tells what is not there', async () => {
  await put('a');
  const { Parameters, InvalidParameters } = await execute(
    ssm,
    'GetParameters',
    { Names: ['a', 'b', 'a:3'] },
    call,
  );
  expect(Parameters?.map(({ Name }) => Name)).toEqual(['a']);
  expect(InvalidParameters).toEqual(['b', 'a:3']);
});

describe('GetParametersByPath', () => {
  const cases = [
    { name: 'one level', input: { Path: '/p' }, want: ['/p/a', '/p/b'] },
    { name: 'all levels', input: { Path: '/p/', Recursive: true }, want: ['/p/a', '/p/b', '/p/q/c'] },
    {
      name: 'one type',
      input: { Path: '/p', ParameterFilters: [{ Key: 'Type', Values: ['StringList'] }] },
      want: ['/p/b'],
    },
  ];
  test.each(cases)('gives $name, in pages', async ({ input, want }) => {
    await put('/p/a');
    await put('/p/b', '1,2', { Type: 'StringList' });
    await put('/p/q/c');
    await put('/pp');
    const names: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await execute(ssm, 'GetParametersByPath', { ...input, MaxResults: 1, NextToken }, call);
      expect(page.Parameters).toHaveLength(1);
      names.push(...(page.Parameters ?? []).map(({ Name }) => Name));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(names).toEqual(want);
  });
});

describe('DescribeParameters', () => {
  const cases = [
    { filter: { Key: 'Name', Option: 'Contains', Values: ['b'] }, want: ['/p/b'] },
    { filter: { Key: 'Name', Option: 'BeginsWith', Values: ['/p'] }, want: ['/p/a', '/p/b'] },
    { filter: { Key: 'tag:owner', Values: ['me'] }, want: ['/p/a'] },
    { filter: { Key: 'Path', Option: 'Recursive', Values: ['/'] }, want: ['/p/a', '/p/b'] },
    { filter: { Key: 'Path', Values: ['/'] }, want: [] },
  ];
  test.each(cases)('filters by $filter', async ({ filter, want }) => {
    await put('/p/a', 'v', { Tags: [{ Key: 'owner', Value: 'me' }] });
    await put('/p/b');

    const { Parameters } = await execute(ssm, 'DescribeParameters', { ParameterFilters: [filter] }, call);

    expect(Parameters?.map(({ Name }) => Name)).toEqual(want);
  });

  test.each([
    { filter: { Key: 'Colour', Values: ['red'] }, code: 'InvalidFilterKey' },
    { filter: { Key: 'Name', Option: 'EndsWith', Values: ['a'] }, code: 'InvalidFilterOption' },
  ])('refuses $filter', async ({ filter, code }) => {
    await put('a');
    const asking = execute(ssm, 'DescribeParameters', { ParameterFilters: [filter] }, call);
    await expect(asking).rejects.toMatchObject({ code });
  });
});

test('a parameter is deleted once', async () => {
  await put('a');
  const Names = ['a', 'b'];
  expect(await execute(ssm, 'DeleteParameters', { Names }, call)).toEqual({
    DeletedParameters: ['a'],
    InvalidParameters: ['b'],
  });
  await expect(execute(ssm, 'DeleteParameter', { Name: 'a' }, call)).rejects.toMatchObject({
    code: 'ParameterNotFound',
  });
});

test('a parameter is tagged', async () => {
  await put('a', 'v', { Tags: [{ Key: 'one', Value: '1' }] });
  const resource = { ResourceType: 'Parameter', ResourceId: 'a' } as const;
  await execute(ssm, 'AddTagsToResource', { ...resource, Tags: [{ Key: 'two', Value: '2' }] }, call);
  await execute(ssm, 'RemoveTagsFromResource', { ...resource, TagKeys: ['one'] }, call);

  expect(await execute(ssm, 'ListTagsForResource', resource, call)).toEqual({
    TagList: [{ Key: 'two', Value: '2' }],
  });
  const missing = execute(ssm, 'ListTagsForResource', { ...resource, ResourceId: 'b' }, call);
  await expect(missing).rejects.toMatchObject({ code: 'InvalidResourceId' });
});
