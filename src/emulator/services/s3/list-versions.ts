import type { S3 } from '@aws-sdk/client-s3';
import type { Operations } from '../../core/service.ts';
import type { Bucket } from '../../world/storage/bucket.ts';
import type { ObjectVersion } from '../../world/storage/object-versions.ts';
import { findBucket } from './lookup.ts';

const mostKeys = 1000;

export const versionListings: Operations<S3> = {
  ListObjectVersions(input, call) {
    const bucket = findBucket(input, call);
    const { Prefix = '', KeyMarker, VersionIdMarker, MaxKeys = mostKeys } = input;
    const limit = Math.min(MaxKeys, mostKeys);
    const rest = after(inOrder(bucket, Prefix), KeyMarker, VersionIdMarker);
    const found = rest.slice(0, limit);
    const last = rest.length > limit ? found.at(-1) : undefined;
    return {
      Name: bucket.name,
      Prefix,
      MaxKeys: limit,
      IsTruncated: last !== undefined,
      ...(KeyMarker !== undefined && { KeyMarker }),
      ...(VersionIdMarker !== undefined && { VersionIdMarker }),
      ...(last && { NextKeyMarker: last.key, NextVersionIdMarker: last.versionId }),
      Versions: found.flatMap((version) =>
        version.object
          ? [
              {
                ...describe(version, bucket),
                ETag: version.object.etag,
                Size: version.object.body.length,
                StorageClass: 'STANDARD' as const,
              },
            ]
          : [],
      ),
      DeleteMarkers: found.filter(({ object }) => !object).map((version) => describe(version, bucket)),
    };
  },
};

/** By key, and the newest of each first. */
function inOrder({ versions }: Bucket, prefix: string): ObjectVersion[] {
  return versions
    .filter(({ key }) => key.startsWith(prefix))
    .reverse()
    .sort((one, other) => (one.key === other.key ? 0 : one.key < other.key ? -1 : 1));
}

function after(
  versions: ObjectVersion[],
  keyMarker: string | undefined,
  versionIdMarker: string | undefined,
): ObjectVersion[] {
  if (keyMarker === undefined) return versions;
  const marked = versions.findIndex(
    ({ key, versionId }) => key === keyMarker && versionId === versionIdMarker,
  );
  return marked < 0 ? versions.filter(({ key }) => key > keyMarker) : versions.slice(marked + 1);
}

function describe(version: ObjectVersion, { versions }: Bucket) {
  return {
    Key: version.key,
    VersionId: version.versionId,
    IsLatest: versions.findLast(({ key }) => key === version.key) === version,
    LastModified: new Date(version.lastModified),
  };
}
