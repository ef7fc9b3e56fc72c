import { createHash } from 'node:crypto';
import type { DeletedObject, PutObjectOutput, S3 } from '@aws-sdk/client-s3';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { alphanumeric } from '../../core/random.ts';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import type { Bucket, StoredObject } from '../../world/storage/bucket.ts';
import {
  deleteObject,
  deleteVersion,
  type ObjectVersion,
  putObject,
} from '../../world/storage/object-versions.ts';
import { bytesOf } from './body.ts';
import { findBucket, findObject, type ObjectInput, orNotFound } from './lookup.ts';

export const objects: Operations<S3> = {
  PutObject(input, call) {
    const bucket = findBucket(input, call);
    const body = bytesOf(input.Body);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const object = { ...attributesOf(input), body, etag, lastModified: call.cell.clock.now() };
    const version = putObject(bucket, object, newVersionId(call));
    return { ETag: etag, ...versionOf(bucket, version), ...encryptionOf(bucket) };
  },

  GetObject(input, call) {
    const found = findObject(input, call);
    const body = Uint8ArrayBlobAdapter.mutate(found.object.body);
    // The model has a stream here; bytes that are all there need none.
    return { ...describeObject(found, findBucket(input, call)), Body: body as never };
  },

  HeadObject(input, call) {
    return describeObject(
      orNotFound(() => findObject(input, call)),
      findBucket(input, call),
    );
  },

  DeleteObject(input, call) {
    return remove(input, call);
  },

  DeleteObjects(input, call) {
    const { Objects = [], Quiet = false } = required(input.Delete, 'Delete');
    const Deleted = Objects.map(({ Key, VersionId }): DeletedObject => {
      const { VersionId: made, DeleteMarker } = remove({ Bucket: input.Bucket, Key, VersionId }, call);
      return {
        Key,
        ...(VersionId !== undefined && { VersionId }),
        ...(DeleteMarker && { DeleteMarker, DeleteMarkerVersionId: made }),
      };
    });
    return Quiet ? {} : { Deleted };
  },
};

/** What an object is besides its bytes, as the call that begins it says. */
export function attributesOf(input: {
  Key?: string | undefined;
  ContentType?: string | undefined;
  ContentEncoding?: string | undefined;
  CacheControl?: string | undefined;
  Metadata?: Record<string, string> | undefined;
}): Omit<StoredObject, 'body' | 'etag' | 'lastModified'> {
  return {
    key: required(input.Key, 'Key'),
    contentType: input.ContentType ?? 'binary/octet-stream',
    contentEncoding: input.ContentEncoding,
    cacheControl: input.CacheControl,
    metadata: { ...input.Metadata },
  };
}

export function newVersionId({ cell }: Call): () => string {
  return () => alphanumeric(cell.random, 32);
}

/** The version's id, where the bucket has or had versions. */
export function versionOf({ versioning }: Bucket, { versionId }: ObjectVersion): { VersionId?: string } {
  return versioning === undefined ? {} : { VersionId: versionId };
}

export function encryptionOf({
  settings,
}: Bucket): Pick<PutObjectOutput, 'ServerSideEncryption' | 'SSEKMSKeyId'> {
  const { SSEAlgorithm: ServerSideEncryption, KMSMasterKeyID } =
    settings.encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault ?? {};
  return {
    ...(ServerSideEncryption && { ServerSideEncryption }),
    ...(KMSMasterKeyID && { SSEKMSKeyId: KMSMasterKeyID }),
  };
}

function remove(input: ObjectInput, call: Call): { VersionId?: string; DeleteMarker?: boolean } {
  const bucket = findBucket(input, call);
  const key = required(input.Key, 'Key');
  if (input.VersionId !== undefined) {
    const deleted = deleteVersion(bucket, key, input.VersionId);
    return { VersionId: input.VersionId, ...(deleted && !deleted.object && { DeleteMarker: true }) };
  }
  const marker = deleteObject(bucket, key, call.cell.clock.now(), newVersionId(call));
  return marker ? { VersionId: marker.versionId, DeleteMarker: true } : {};
}

function describeObject(found: ObjectVersion & { object: StoredObject }, bucket: Bucket) {
  const { object } = found;
  return {
    AcceptRanges: 'bytes',
    ContentLength: object.body.length,
    ContentType: object.contentType,
    ETag: object.etag,
    LastModified: new Date(object.lastModified),
    Metadata: object.metadata,
    ...(object.contentEncoding !== undefined && { ContentEncoding: object.contentEncoding }),
    ...(object.cacheControl !== undefined && { CacheControl: object.cacheControl }),
    ...versionOf(bucket, found),
    ...encryptionOf(bucket),
  };
}
