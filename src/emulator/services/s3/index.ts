import type { S3 } from '@aws-sdk/client-s3';
import type { Operations, Service } from '../../core/service.ts';
import { bucketSettings } from './bucket-settings.ts';
import { buckets } from './buckets.ts';
import { listings } from './list-objects.ts';
import { versionListings } from './list-versions.ts';
import { multipartUploads } from './multipart-uploads.ts';
import { objects } from './objects.ts';

export const s3: Service<Operations<S3>> = {
  model: {
    signingName: 's3',
    protocol: 'rest-xml',
    version: '2006-03-01',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    client: '@aws-sdk/client-s3',
  },
  operations: {
    ...buckets,
    ...bucketSettings,
    ...objects,
    ...multipartUploads,
    ...listings,
    ...versionListings,
  },
};
