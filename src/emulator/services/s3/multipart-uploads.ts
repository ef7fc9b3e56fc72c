import { createHash } from 'node:crypto';
import type { CompletedPart, S3 } from '@aws-sdk/client-s3';
import { AwsError } from '../../core/aws-error.ts';
import { alphanumeric } from '../../core/random.ts';
import { required } from '../../core/required.ts';
import type { Call, Operations } from '../../core/service.ts';
import type { MultipartUpload, UploadedPart } from '../../world/storage/multipart-upload.ts';
import { putObject } from '../../world/storage/object-versions.ts';
import { bytesOf } from './body.ts';
import { findBucket } from './lookup.ts';
import { attributesOf, encryptionOf, newVersionId, versionOf } from './objects.ts';

/** Every part but the last has at least so many bytes. */
const leastPartBytes = 5 * 1024 * 1024;

export const multipartUploads: Operations<S3> = {
  CreateMultipartUpload(input, { cell, ...call }) {
    const bucket = findBucket(input, { cell, ...call });
    const object = attributesOf(input);
    const id = alphanumeric(cell.random, 64);
    bucket.uploads.set(id, { id, initiatedAt: cell.clock.now(), object, parts: new Map() });
    return { Bucket: bucket.name, Key: object.key, UploadId: id };
  },

  UploadPart(input, call) {
    const body = bytesOf(input.Body);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    findUpload(input, call).parts.set(required(input.PartNumber, 'PartNumber'), { body, etag });
    return { ETag: etag };
  },

  CompleteMultipartUpload(input, call) {
    const bucket = findBucket(input, call);
    const upload = findUpload(input, call);
    const parts = partsOf(upload, input.MultipartUpload?.Parts ?? []);
    const digests = parts.map(({ etag }) => Buffer.from(etag.slice(1, -1), 'hex'));
    const etag = `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`;
    const body = Buffer.concat(parts.map((part) => part.body));
    const object = { ...upload.object, body, etag, lastModified: call.cell.clock.now() };
    const version = putObject(bucket, object, newVersionId(call));
    bucket.uploads.delete(upload.id);
    return {
      Bucket: bucket.name,
      Key: object.key,
      ETag: etag,
      Location: `${call.cell.servers.endpoint}/${bucket.name}/${object.key}`,
      ...versionOf(bucket, version),
      ...encryptionOf(bucket),
    };
  },

  AbortMultipartUpload(input, call) {
    findBucket(input, call).uploads.delete(findUpload(input, call).id);
    return {};
  },
};

interface UploadInput {
  Bucket?: string | undefined;
  Key?: string | undefined;
  UploadId?: string | undefined;
}

function findUpload(input: UploadInput, call: Call): MultipartUpload {
  const upload = findBucket(input, call).uploads.get(required(input.UploadId, 'UploadId'));
  if (upload?.object.key === input.Key && upload) return upload;
  throw new AwsError(
    'NoSuchUpload',
    'The specified multipart upload does not exist. The upload ID might be invalid, or the multipart upload might have been aborted or completed.',
    404,
  );
}

/** The parts that are named, in the order of their numbers. */
function partsOf({ parts }: MultipartUpload, named: readonly CompletedPart[]): UploadedPart[] {
  const numbers = named.map(({ PartNumber = 0 }) => PartNumber);
  if (numbers.length === 0) {
    throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate.');
  }
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))) {
    throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.');
  }
  return named.map(({ PartNumber = 0, ETag = '' }, index) => {
    const part = parts.get(PartNumber);
    if (part?.etag.replaceAll('"', '') !== ETag.replaceAll('"', '') || !part) {
      throw new AwsError(
        'InvalidPart',
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      );
    }
    if (index < named.length - 1 && part.body.length < leastPartBytes) {
      throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    }
    return part;
  });
}
