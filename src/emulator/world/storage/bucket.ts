import type {
  LifecycleRule,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionConfiguration,
} from '@aws-sdk/client-s3';
import type { MultipartUpload } from './multipart-upload.ts';
import type { ObjectVersion } from './object-versions.ts';

export interface Bucket {
  name: string;
  createdAt: number;
  /** Those in force, by key. */
  objects: Map<string, StoredObject>;
  /** Whether what is overwritten or deleted is kept; `undefined` where that was never said. */
  versioning: 'Enabled' | 'Suspended' | undefined;
  /** All that there is, the one in force included; the oldest first. */
  versions: ObjectVersion[];
  /** By id. */
  uploads: Map<string, MultipartUpload>;
  settings: BucketSettings;
}

/** What a bucket is told, and tells again; nothing here acts by it. */
export interface BucketSettings {
  encryption: ServerSideEncryptionConfiguration | undefined;
  lifecycle: readonly LifecycleRule[] | undefined;
  ownership: OwnershipControls | undefined;
  policy: string | undefined;
  publicAccessBlock: PublicAccessBlockConfiguration | undefined;
  tags: ReadonlyMap<string, string> | undefined;
}

export interface StoredObject {
  key: string;
  body: Uint8Array;
  /** In quotation marks: MD5 of the body, or of the parts' and their number. */
  etag: string;
  lastModified: number;
  contentType: string;
  contentEncoding: string | undefined;
  cacheControl: string | undefined;
  metadata: Record<string, string>;
}

/** A bucket as AWS makes it since 2023: encrypted, and closed to the public. */
export function newBucket(name: string, createdAt: number): Bucket {
  return {
    name,
    createdAt,
    objects: new Map(),
    versioning: undefined,
    versions: [],
    uploads: new Map(),
    settings: {
      encryption: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
      },
      lifecycle: undefined,
      ownership: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      policy: undefined,
      publicAccessBlock: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
      tags: undefined,
    },
  };
}
