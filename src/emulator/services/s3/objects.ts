import { createHash } from 'node:crypto';
import type { S3 } from '@aws-sdk/client-s3';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import type { StoredObject } from '../../world/storage/buckets.ts';
import { findBucket, findObject, orNotFound } from './lookup.ts';

export const objects: Operations<S3> = {
  PutObject(input, call) {
    const bucket = findBucket(input, call);
    const body = bytesOf(input.Body);
    const object: StoredObject = {
      key: required(input.Key, 'Key'),
      body,
      etag: `"${createHash('md5').update(body).digest('hex')}"`,
      lastModified: call.cell.clock.now(),
      contentType: input.ContentType ?? 'binary/octet-stream',
      contentEncoding: input.ContentEncoding,
      cacheControl: input.CacheControl,
      metadata: { ...input.Metadata },
    };
    bucket.objects.set(object.key, object);
    return { ETag: object.etag };
  },

  GetObject(input, call) {
    const object = findObject(input, call);
    const body = Uint8ArrayBlobAdapter.mutate(object.body);
    // The model has a stream here; bytes that are all there need none.
    return { ...describeObject(object), Body: body as never };
  },

  HeadObject(input, call) {
    return describeObject(orNotFound(() => findObject(input, call)));
  },

  DeleteObject(input, call) {
    findBucket(input, call).objects.delete(required(input.Key, 'Key'));
    return {};
  },

  DeleteObjects(input, call) {
    const bucket = findBucket(input, call);
    const { Objects = [], Quiet = false } = required(input.Delete, 'Delete');
    for (const { Key } of Objects) bucket.objects.delete(required(Key, 'Key'));
    return Quiet ? {} : { Deleted: Objects.map(({ Key }) => ({ Key })) };
  },
};

/** What the wire or a caller within gives: bytes or text. */
function bytesOf(body: unknown = ''): Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  throw new TypeError('the body of an object must be bytes or a string');
}

function describeObject(object: StoredObject) {
  return {
    AcceptRanges: 'bytes',
    ContentLength: object.body.length,
    ContentType: object.contentType,
    ETag: object.etag,
    LastModified: new Date(object.lastModified),
    Metadata: object.metadata,
    ...(object.contentEncoding !== undefined && { ContentEncoding: object.contentEncoding }),
    ...(object.cacheControl !== undefined && { CacheControl: object.cacheControl }),
  };
}
