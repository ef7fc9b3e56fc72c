import type { S3 } from '@aws-sdk/client-s3';
import { AwsError } from '../../core/aws-error.ts';
import type { Operations } from '../../core/service.ts';
import type { StoredObject } from '../../world/storage/bucket.ts';
import { findBucket } from './lookup.ts';

const mostKeys = 1000;

/** A line of a listing: an object, or the prefix that many share up to the delimiter. */
type Entry = { name: string; object: StoredObject | undefined };

export const listings: Operations<S3> = {
  ListObjectsV2(input, call) {
    const bucket = findBucket(input, call);
    const { Prefix = '', Delimiter = '', ContinuationToken, StartAfter = '' } = input;
    const limit = Math.min(input.MaxKeys ?? mostKeys, mostKeys);
    const after = ContinuationToken === undefined ? StartAfter : readToken(ContinuationToken);
    const rest = entries([...bucket.objects.values()], Prefix, Delimiter).filter(({ name }) => name > after);
    const found = rest.slice(0, limit);
    const last = rest.length > limit ? found.at(-1) : undefined;
    const encode = input.EncodingType === 'url' ? encodeKey : (name: string) => name;
    return {
      Name: bucket.name,
      Prefix: encode(Prefix),
      MaxKeys: limit,
      KeyCount: found.length,
      IsTruncated: last !== undefined,
      ...(Delimiter && { Delimiter: encode(Delimiter) }),
      ...(StartAfter && { StartAfter: encode(StartAfter) }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      ...(ContinuationToken !== undefined && { ContinuationToken }),
      ...(last && { NextContinuationToken: Buffer.from(`after:${last.name}`).toString('base64url') }),
      Contents: found.flatMap(({ object }) => (object ? [describe(object, encode)] : [])),
      CommonPrefixes: found.flatMap(({ name, object }) => (object ? [] : [{ Prefix: encode(name) }])),
    };
  },
};

function entries(objects: readonly StoredObject[], prefix: string, delimiter: string): Entry[] {
  const byName = new Map<string, Entry>();
  for (const object of objects) {
    if (!object.key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? object.key : object.key.slice(0, end + delimiter.length);
    byName.set(name, { name, object: end < 0 ? object : undefined });
  }
  return [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('after:')) {
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  }
  return text.slice('after:'.length);
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/');
}

function describe(object: StoredObject, encode: (key: string) => string) {
  return {
    Key: encode(object.key),
    Size: object.body.length,
    ETag: object.etag,
    LastModified: new Date(object.lastModified),
    StorageClass: 'STANDARD' as const,
  };
}
