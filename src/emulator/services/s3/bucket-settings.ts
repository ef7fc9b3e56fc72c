import type { S3 } from '@aws-sdk/client-s3';
import { AwsError } from '../../core/aws-error.ts';
import { required } from '../../core/required.ts';
import type { Operations } from '../../core/service.ts';
import { readTags, writeTags } from '../../core/tags.ts';
import { findBucket } from './lookup.ts';

export const bucketSettings: Operations<S3> = {
  GetBucketVersioning(input, call) {
    const { versioning } = findBucket(input, call);
    return versioning === undefined ? {} : { Status: versioning };
  },

  PutBucketVersioning(input, call) {
    const { Status } = required(input.VersioningConfiguration, 'VersioningConfiguration');
    const bucket = findBucket(input, call);
    if (Status !== 'Enabled' && Status !== 'Suspended') {
      throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate.');
    }
    bucket.versioning = Status;
    return {};
  },

  GetBucketEncryption(input, call) {
    const { encryption } = findBucket(input, call).settings;
    return { ServerSideEncryptionConfiguration: encryption };
  },

  PutBucketEncryption(input, call) {
    findBucket(input, call).settings.encryption = input.ServerSideEncryptionConfiguration;
    return {};
  },

  GetBucketPolicy(input, call) {
    const { policy } = findBucket(input, call).settings;
    return { Policy: there(policy, 'NoSuchBucketPolicy', 'The bucket policy does not exist') };
  },

  PutBucketPolicy(input, call) {
    const policy = required(input.Policy, 'Policy');
    if (!isJson(policy)) throw new AwsError('MalformedPolicy', 'Policies must be valid JSON');
    findBucket(input, call).settings.policy = policy;
    return {};
  },

  DeleteBucketPolicy(input, call) {
    findBucket(input, call).settings.policy = undefined;
    return {};
  },

  GetPublicAccessBlock(input, call) {
    const { publicAccessBlock } = findBucket(input, call).settings;
    return {
      PublicAccessBlockConfiguration: there(
        publicAccessBlock,
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
      ),
    };
  },

  PutPublicAccessBlock(input, call) {
    findBucket(input, call).settings.publicAccessBlock = input.PublicAccessBlockConfiguration;
    return {};
  },

  DeletePublicAccessBlock(input, call) {
    findBucket(input, call).settings.publicAccessBlock = undefined;
    return {};
  },

  GetBucketLifecycleConfiguration(input, call) {
    const { lifecycle } = findBucket(input, call).settings;
    const missing = 'The lifecycle configuration does not exist';
    return { Rules: [...there(lifecycle, 'NoSuchLifecycleConfiguration', missing)] };
  },

  PutBucketLifecycleConfiguration(input, call) {
    findBucket(input, call).settings.lifecycle = input.LifecycleConfiguration?.Rules ?? [];
    return {};
  },

  DeleteBucketLifecycle(input, call) {
    findBucket(input, call).settings.lifecycle = undefined;
    return {};
  },

  GetBucketOwnershipControls(input, call) {
    const { ownership } = findBucket(input, call).settings;
    const missing = 'The bucket ownership controls were not found';
    return { OwnershipControls: there(ownership, 'OwnershipControlsNotFoundError', missing) };
  },

  PutBucketOwnershipControls(input, call) {
    findBucket(input, call).settings.ownership = input.OwnershipControls;
    return {};
  },

  GetBucketTagging(input, call) {
    const tags = there(findBucket(input, call).settings.tags, 'NoSuchTagSet', 'The TagSet does not exist');
    return { TagSet: writeTags(tags) };
  },

  PutBucketTagging(input, call) {
    const { TagSet = [] } = required(input.Tagging, 'Tagging');
    findBucket(input, call).settings.tags = readTags(TagSet);
    return {};
  },

  DeleteBucketTagging(input, call) {
    findBucket(input, call).settings.tags = undefined;
    return {};
  },
};

function there<T>(setting: T | undefined, code: string, message: string): T {
  if (setting === undefined) throw new AwsError(code, message, 404);
  return setting;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
