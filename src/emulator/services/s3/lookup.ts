import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Call } from '../../core/service.ts';
import type { Bucket, StoredObject } from '../../world/storage/buckets.ts';

export interface BucketInput {
  Bucket?: string | undefined;
}

export interface ObjectInput extends BucketInput {
  Key?: string | undefined;
}

export function findBucket(input: BucketInput, { cell }: Call): Bucket {
  const bucket = cell.buckets.all.get(required(input.Bucket, 'Bucket'));
  if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  return bucket;
}

export function findObject(input: ObjectInput, call: Call): StoredObject {
  const object = findBucket(input, call).objects.get(required(input.Key, 'Key'));
  if (!object) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return object;
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
