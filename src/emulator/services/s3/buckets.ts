import type { BucketLocationConstraint, S3 } from '@aws-sdk/client-s3';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { newBucket } from '../../world/storage/bucket.ts';
import { findBucket, orNotFound } from './lookup.ts';

/** S3's first region, where a few things are as they were before there were others. */
const firstRegion = 'us-east-1';

export const buckets: Operations<S3> = {
  CreateBucket(input, { cell }) {
    const name = required(input.Bucket, 'Bucket');
    checkName(name);
    if (!cell.buckets.all.has(name)) {
      cell.buckets.all.set(name, newBucket(name, cell.clock.now()));
    } else if (cell.region !== firstRegion) {
      throw new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
      );
    }
    return { Location: `/${name}` };
  },

  HeadBucket(input, call) {
    orNotFound(() => findBucket(input, call));
    return { BucketRegion: call.cell.region };
  },

  ListBuckets({ Prefix = '' }, { cell }) {
    const matching = [...cell.buckets.all.values()].filter(({ name }) => name.startsWith(Prefix));
    return {
      Buckets: matching
        .sort((one, other) => (one.name < other.name ? -1 : 1))
        .map(({ name, createdAt }) => ({ Name: name, CreationDate: new Date(createdAt) })),
      Owner: { ID: cell.account },
    };
  },

  GetBucketLocation(input, call) {
    findBucket(input, call);
    const { region } = call.cell;
    return region === firstRegion ? {} : { LocationConstraint: region as BucketLocationConstraint };
  },

  DeleteBucket(input, call) {
    const bucket = findBucket(input, call);
    if (bucket.versions.length > 0) {
      const all = bucket.versioning === undefined ? '' : ' You must delete all versions in the bucket.';
      throw new AwsError('BucketNotEmpty', `The bucket you tried to delete is not empty.${all}`, 409);
    }
    call.cell.buckets.all.delete(bucket.name);
    return {};
  },
};

function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..')) return;
  throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
}
