import { beforeEach, describe, expect, test } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { s3 } from './index.ts';

const Bucket = 'assets';
let call: Call;

beforeEach(() => {
  call = serverlessCall({ clock: steppedClock(), runner: recordingRunner() });
});

async function createBucket(): Promise<void> {
  await execute(s3, 'CreateBucket', { Bucket }, call);
}

async function put(...keys: string[]): Promise<void> {
  for (const Key of keys) await execute(s3, 'PutObject', { Bucket, Key, Body: Key }, call);
}

describe('a bucket', () => {
  test('is there once it is made', async () => {
    await createBucket();

    const { Buckets } = await execute(s3, 'ListBuckets', {}, call);

    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
    expect(await execute(s3, 'HeadBucket', { Bucket }, call)).toEqual({ BucketRegion: 'us-east-1' });
  });

  const regions = [
    { region: 'us-east-1', location: {}, again: undefined },
    { region: 'eu-west-1', location: { LocationConstraint: 'eu-west-1' }, again: 'BucketAlreadyOwnedByYou' },
  ];
  test.each(regions)('of $region is told and made again as there', async ({ region, location, again }) => {
    call.cell.region = region;
    await createBucket();

    expect(await execute(s3, 'GetBucketLocation', { Bucket }, call)).toEqual(location);
    if (again) await expect(createBucket()).rejects.toMatchObject({ code: again, status: 409 });
    else await createBucket();
  });

  test('is not deleted with objects in it', async () => {
    await createBucket();
    await put('a');
    const deletion = () => execute(s3, 'DeleteBucket', { Bucket }, call);
    await expect(deletion()).rejects.toMatchObject({ code: 'BucketNotEmpty', status: 409 });

    await execute(s3, 'DeleteObject', { Bucket, Key: 'a' }, call);
    await deletion();

    await expect(execute(s3, 'HeadBucket', { Bucket }, call)).rejects.toMatchObject({
      code: 'NotFound',
      status: 404,
    });
  });

  test.each(['Assets', 'ab', 'a..b', '-assets'])('is not called %s', async (name) => {
    await expect(execute(s3, 'CreateBucket', { Bucket: name }, call)).rejects.toMatchObject({
      code: 'InvalidBucketName',
    });
  });
});

describe('an object', () => {
  test('comes back as it was put, with the MD5 of its bytes', async () => {
    await createBucket();
    const input = { Bucket, Key: 'dir/a.txt', ContentType: 'text/plain', Metadata: { owner: 'me' } };
    const { ETag } = await execute(s3, 'PutObject', { ...input, Body: Buffer.from('hello') }, call);

    const { Body, ...object } = await execute(s3, 'GetObject', { Bucket, Key: 'dir/a.txt' }, call);
    const head = await execute(s3, 'HeadObject', { Bucket, Key: 'dir/a.txt' }, call);

    expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(await Body?.transformToString()).toBe('hello');
    expect(object).toMatchObject({
      ETag,
      ContentLength: 5,
      ContentType: 'text/plain',
      Metadata: { owner: 'me' },
    });
    expect(head).toEqual(object);
  });

  const missing = [
    { operation: 'GetObject', bucket: Bucket, code: 'NoSuchKey' },
    { operation: 'GetObject', bucket: 'nowhere', code: 'NoSuchBucket' },
    { operation: 'HeadObject', bucket: Bucket, code: 'NotFound' },
    { operation: 'HeadObject', bucket: 'nowhere', code: 'NotFound' },
  ] as const;
  test.each(missing)('$operation of what is not in $bucket is $code', async ({ operation, bucket, code }) => {
    await createBucket();

    await expect(execute(s3, operation, { Bucket: bucket, Key: 'missing' }, call)).rejects.toMatchObject({
      code,
      status: 404,
    });
  });

  test('is deleted alone or with others, there or not', async () => {
    await createBucket();
    await put('a', 'b', 'c');

    await execute(s3, 'DeleteObject', { Bucket, Key: 'missing' }, call);
    const Delete = { Objects: [{ Key: 'a' }, { Key: 'b' }] };
    const { Deleted } = await execute(s3, 'DeleteObjects', { Bucket, Delete }, call);

    expect(Deleted).toEqual([{ Key: 'a' }, { Key: 'b' }]);
    const { Contents } = await execute(s3, 'ListObjectsV2', { Bucket }, call);
    expect(Contents?.map(({ Key }) => Key)).toEqual(['c']);
  });
});

describe('a listing', () => {
  const keys = ['a.txt', 'dir/one', 'dir/sub/two', 'dir/three', 'z b'];
  const cases = [
    {
      name: 'everything',
      input: {},
      want: ['a.txt', 'dir/one', 'dir/sub/two', 'dir/three', 'z b'].sort(),
      prefixes: [],
    },
    {
      name: 'a prefix',
      input: { Prefix: 'dir/' },
      want: ['dir/one', 'dir/sub/two', 'dir/three'],
      prefixes: [],
    },
    { name: 'the top', input: { Delimiter: '/' }, want: ['a.txt', 'z b'], prefixes: ['dir/'] },
    {
      name: 'a folder',
      input: { Prefix: 'dir/', Delimiter: '/' },
      want: ['dir/one', 'dir/three'],
      prefixes: ['dir/sub/'],
    },
    { name: 'what comes after', input: { StartAfter: 'dir/three' }, want: ['z b'], prefixes: [] },
    {
      name: 'encoded keys',
      input: { Prefix: 'z', EncodingType: 'url' as const },
      want: ['z%20b'],
      prefixes: [],
    },
  ];
  test.each(cases)('of $name', async ({ input, want, prefixes }) => {
    await createBucket();
    await put(...keys);

    const answer = await execute(s3, 'ListObjectsV2', { Bucket, ...input }, call);

    expect(answer.Contents?.map(({ Key }) => Key)).toEqual(want);
    expect(answer.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(prefixes);
    expect(answer.IsTruncated).toBe(false);
  });

  test('comes in pages, a prefix counting as one', async () => {
    await createBucket();
    await put(...keys);
    const input = { Bucket, Delimiter: '/', MaxKeys: 2 };

    const first = await execute(s3, 'ListObjectsV2', input, call);
    const second = await execute(
      s3,
      'ListObjectsV2',
      { ...input, ContinuationToken: first.NextContinuationToken },
      call,
    );

    expect(first).toMatchObject({
      KeyCount: 2,
      IsTruncated: true,
      Contents: [{ Key: 'a.txt' }],
      CommonPrefixes: [{ Prefix: 'dir/' }],
    });
    expect(second).toMatchObject({
      KeyCount: 1,
      IsTruncated: false,
      Contents: [{ Key: 'z b' }],
      CommonPrefixes: [],
    });
  });
});
