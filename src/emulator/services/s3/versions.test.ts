import type { ListObjectVersionsOutput } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { steppedClock } from '../../clock/stepped-clock.ts';
import { execute } from '../../core/execute.ts';
import type { Call } from '../../core/service.ts';
import { recordingRunner } from '../../testing/recording-runner.ts';
import { serverlessCall } from '../../testing/serverless-cell.ts';
import { s3 } from './index.ts';

const Bucket = 'assets';
let call: Call;

beforeEach(async () => {
  call = serverlessCall({ clock: steppedClock(), runner: recordingRunner() });
  await execute(s3, 'CreateBucket', { Bucket }, call);
});

const keep = (Status: 'Enabled' | 'Suspended') =>
  execute(s3, 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } }, call);
const put = async (Body: string, Key = 'a') =>
  (await execute(s3, 'PutObject', { Bucket, Key, Body: Body as never }, call)).VersionId;
const get = async (VersionId?: string) =>
  (await execute(s3, 'GetObject', { Bucket, Key: 'a', VersionId }, call)).Body?.transformToString();
const remove = (VersionId?: string) => execute(s3, 'DeleteObject', { Bucket, Key: 'a', VersionId }, call);

describe('a bucket that keeps versions', () => {
  test('gives each of them, and the newest to who names none', async () => {
    await put('zero');
    await keep('Enabled');
    const [first, second] = [await put('one'), await put('two')];

    expect(await Promise.all([get(), get(first), get(second), get('null')])).toEqual([
      'two',
      'one',
      'two',
      'zero',
    ]);
    await expect(get('missing')).rejects.toMatchObject({ code: 'NoSuchVersion', status: 404 });
  });

  test('marks what is deleted, and has it back without the mark', async () => {
    await keep('Enabled');
    await put('one');
    const { VersionId: marker, DeleteMarker } = await remove();

    expect(DeleteMarker).toBe(true);
    await expect(get()).rejects.toMatchObject({ code: 'NoSuchKey' });
    await expect(get(marker)).rejects.toMatchObject({ code: 'MethodNotAllowed', status: 405 });
    expect(await remove(marker)).toEqual({ VersionId: marker, DeleteMarker: true });
    expect(await get()).toBe('one');
  });

  test('overwrites where it is suspended, and then only what has no id', async () => {
    await keep('Enabled');
    const first = await put('one');
    await keep('Suspended');
    expect([await put('two'), await put('three')]).toEqual(['null', 'null']);

    expect(await get(first)).toBe('one');
    const { Versions } = await execute(s3, 'ListObjectVersions', { Bucket }, call);
    expect(Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      ['null', true],
      [first, false],
    ]);
  });

  test('is deleted only when no version is left', async () => {
    await keep('Enabled');
    const first = await put('one');
    const { VersionId: marker } = await remove();
    const deletion = () => execute(s3, 'DeleteBucket', { Bucket }, call);
    await expect(deletion()).rejects.toMatchObject({ code: 'BucketNotEmpty' });

    const Objects = [first, marker].map((VersionId) => ({ Key: 'a', VersionId }));
    await execute(s3, 'DeleteObjects', { Bucket, Delete: { Objects } }, call);

    expect(await deletion()).toEqual({});
  });

  test('lists versions and marks in pages', async () => {
    await keep('Enabled');
    const ids = [await put('1'), await put('2'), await put('x', 'b')];
    const { VersionId: marker } = await remove();
    const listed: unknown[] = [];
    let [KeyMarker, VersionIdMarker]: (string | undefined)[] = [];
    do {
      const page: ListObjectVersionsOutput = await execute(
        s3,
        'ListObjectVersions',
        { Bucket, MaxKeys: 1, KeyMarker, VersionIdMarker },
        call,
      );
      listed.push(...[...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map((one) => one.VersionId));
      [KeyMarker, VersionIdMarker] = [page.NextKeyMarker, page.NextVersionIdMarker];
    } while (KeyMarker !== undefined);
    expect(listed).toEqual([marker, ids[1], ids[0], ids[2]]);
  });
});

describe('an upload in parts', () => {
  const Key = 'big';
  const big = Buffer.alloc(5 * 1024 * 1024, 'x');
  const begin = async () =>
    (await execute(s3, 'CreateMultipartUpload', { Bucket, Key, ContentType: 'text/plain' }, call)).UploadId;
  const part = async (UploadId: string | undefined, PartNumber: number, Body: Uint8Array) => {
    const input = { Bucket, Key, UploadId, PartNumber, Body: Body as never };
    return { PartNumber, ETag: (await execute(s3, 'UploadPart', input, call)).ETag };
  };
  const complete = (UploadId: string | undefined, Parts: object[]) =>
    execute(s3, 'CompleteMultipartUpload', { Bucket, Key, UploadId, MultipartUpload: { Parts } }, call);

  test('becomes an object, whose tag tells the number of parts', async () => {
    const id = await begin();
    const parts = [await part(id, 1, big), await part(id, 2, Buffer.from('end'))];

    expect((await complete(id, parts)).ETag).toMatch(/^"[0-9a-f]{32}-2"$/);

    const found = await execute(s3, 'GetObject', { Bucket, Key }, call);
    expect(found).toMatchObject({ ContentLength: big.length + 3, ContentType: 'text/plain' });
    expect((await found.Body?.transformToString())?.slice(-4)).toBe('xend');
    await expect(complete(id, parts)).rejects.toMatchObject({ code: 'NoSuchUpload' });
  });

  const broken = [
    { name: 'no part', parts: () => [], code: 'MalformedXML' },
    { name: 'a part that never came', parts: () => [{ PartNumber: 3, ETag: '"x"' }], code: 'InvalidPart' },
    {
      name: 'parts out of order',
      parts: (parts: object[]) => parts.toReversed(),
      code: 'InvalidPartOrder',
    },
    { name: 'a first part that is too small', parts: (parts: object[]) => parts, code: 'EntityTooSmall' },
  ];
  test.each(broken)('is refused with $name', async ({ parts, code }) => {
    const id = await begin();
    const uploaded = [await part(id, 1, Buffer.from('a')), await part(id, 2, Buffer.from('b'))];
    await expect(complete(id, parts(uploaded))).rejects.toMatchObject({ code });
  });

  test('is given up', async () => {
    const id = await begin();
    await execute(s3, 'AbortMultipartUpload', { Bucket, Key, UploadId: id }, call);
    await expect(part(id, 1, big)).rejects.toMatchObject({ code: 'NoSuchUpload', status: 404 });
  });
});

describe('a new bucket', () => {
  const missing = [
    { operation: 'GetBucketPolicy', code: 'NoSuchBucketPolicy' },
    { operation: 'GetBucketTagging', code: 'NoSuchTagSet' },
    { operation: 'GetBucketLifecycleConfiguration', code: 'NoSuchLifecycleConfiguration' },
  ] as const;
  test.each(missing)('answers $operation with $code', async ({ operation, code }) => {
    await expect(execute(s3, operation, { Bucket }, call)).rejects.toMatchObject({ code, status: 404 });
  });

  test('is encrypted, and closed to the public until that is taken away', async () => {
    const { ServerSideEncryptionConfiguration } = await execute(s3, 'GetBucketEncryption', { Bucket }, call);
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: 'AES256',
    });
    expect(await execute(s3, 'GetPublicAccessBlock', { Bucket }, call)).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
    });
    await execute(s3, 'DeletePublicAccessBlock', { Bucket }, call);
    await expect(execute(s3, 'GetPublicAccessBlock', { Bucket }, call)).rejects.toMatchObject({
      code: 'NoSuchPublicAccessBlockConfiguration',
    });
  });
});
