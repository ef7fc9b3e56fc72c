import type { ServerSideEncryptionConfiguration } from '@aws-sdk/client-s3';
import { execute } from '../../../core/execute.ts';
import { s3 } from '../../../services/s3/index.ts';
import { readRecords, readText, toInput } from '../../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { tagList } from '../tags.ts';
import { lifecycleRule } from './lifecycle-rule.ts';

const maxNameLength = 63;
const known = [
  'AccessControl',
  'BucketEncryption',
  'BucketName',
  'LifecycleConfiguration',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'Tags',
  'VersioningConfiguration',
];

/** `AWS::S3::Bucket` */
export const bucket: ResourceProvider = {
  createOnly: ['BucketName'],

  async create(properties, context) {
    checkKnown(properties);
    const Bucket = readText(properties, 'BucketName') ?? context.physicalName(maxNameLength).toLowerCase();
    if (context.cell.buckets.all.has(Bucket)) throw new ResourceFailure(`${Bucket} already exists`);
    await execute(s3, 'CreateBucket', { Bucket }, context.call);
    context.initiated(Bucket);
    await configure(Bucket, properties, context);
    return provided(Bucket, context);
  },

  async update(Bucket, properties, _previous, context) {
    checkKnown(properties);
    await configure(Bucket, properties, context);
    return provided(Bucket, context);
  },

  async delete(Bucket, _properties, { call }) {
    await execute(s3, 'DeleteBucket', { Bucket }, call);
  },
};

function checkKnown(properties: Properties): void {
  const unknown = Object.keys(properties).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ResourceFailure(`${unknown} of a bucket is not supported by this local AWS`);
}

async function configure(Bucket: string, properties: Properties, context: ResourceContext): Promise<void> {
  const { call } = context;
  const Tagging = { TagSet: tagList(properties, context) };
  await execute(s3, 'PutBucketTagging', { Bucket, Tagging }, call);
  const Status = statusOf(properties.VersioningConfiguration);
  if (Status) await execute(s3, 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } }, call);
  const ServerSideEncryptionConfiguration = encryptionOf(properties.BucketEncryption);
  if (ServerSideEncryptionConfiguration)
    await execute(s3, 'PutBucketEncryption', { Bucket, ServerSideEncryptionConfiguration }, call);
  const block = recordOf(properties.PublicAccessBlockConfiguration);
  if (block) {
    const input = toInput(s3, 'PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: block });
    await execute(s3, 'PutPublicAccessBlock', input, call);
  }
  const Rules = readRecords(recordOf(properties.LifecycleConfiguration) ?? {}, 'Rules').map(lifecycleRule);
  if (Rules.length === 0) await execute(s3, 'DeleteBucketLifecycle', { Bucket }, call);
  else
    await execute(s3, 'PutBucketLifecycleConfiguration', { Bucket, LifecycleConfiguration: { Rules } }, call);
}

function statusOf(versioning: unknown): 'Enabled' | 'Suspended' | undefined {
  const status = recordOf(versioning)?.Status;
  return status === 'Enabled' || status === 'Suspended' ? status : undefined;
}

/** A template names the list, and the key, in other words than the API does. */
function encryptionOf(encryption: unknown): ServerSideEncryptionConfiguration | undefined {
  const rules = readRecords(recordOf(encryption) ?? {}, 'ServerSideEncryptionConfiguration');
  if (rules.length === 0) return undefined;
  return {
    Rules: rules.map((rule) => {
      const { SSEAlgorithm, KMSMasterKeyID } = recordOf(rule.ServerSideEncryptionByDefault) ?? {};
      return {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: SSEAlgorithm as 'aws:kms',
          ...(KMSMasterKeyID !== undefined && { KMSMasterKeyID: String(KMSMasterKeyID) }),
        },
        BucketKeyEnabled: String(rule.BucketKeyEnabled) === 'true',
      };
    }),
  };
}

function recordOf(value: unknown): Properties | undefined {
  return isRecord(value) ? value : undefined;
}

function provided(name: string, { cell }: ResourceContext): ProvidedResource {
  return {
    physicalId: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${cell.region}.amazonaws.com`,
    },
  };
}
