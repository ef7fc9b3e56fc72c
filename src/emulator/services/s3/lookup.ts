import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call } from '../../core/service.ts';
import type { Bucket } from '../../world/storage/bucket.ts';
import type { ObjectVersion } from '../../world/storage/object-versions.ts';

export interface BucketInput {
  Bucket?: string | undefined;
}

export interface ObjectInput extends BucketInput {
  Key?: string | undefined;
  VersionId?: string | undefined;
}

export function findBucket(input: BucketInput, { cell }: Call): Bucket {
  const bucket = cell.buckets.all.get(required(input.Bucket, 'Bucket'));
  if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  return bucket;
}

/** The version in force, or the one asked for. */
export function findObject(
  input: ObjectInput,
  call: Call,
): ObjectVersion & { object: NonNullable<ObjectVersion['object']> } {
  const key = required(input.Key, 'Key');
  const { VersionId } = input;
  const version = findBucket(input, call).versions.findLast(
    (one) => one.key === key && (VersionId === undefined || one.versionId === VersionId),
  );
  if (version?.object) return { ...version, object: version.object };
  if (VersionId === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if (!version) throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
}

/** An answer to HEAD has no body to tell an error in: clients know it by its status. */
export function orNotFound<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof AwsError && error.status === 404) throw new AwsError('NotFound', 'Not Found', 404);
    throw error;
  }
}
