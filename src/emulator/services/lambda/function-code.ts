import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import type { Cell } from '../../core/cell.ts';
import type { FunctionCode } from '../../world/functions/function-version.ts';
import { invalidParameter } from './errors.ts';

interface CodeInput {
  ZipFile?: Uint8Array | undefined;
  S3Bucket?: string | undefined;
  S3Key?: string | undefined;
  ImageUri?: string | undefined;
}

/** Takes the code from the call or from S3. */
export function readCode(input: CodeInput, cell: Cell): FunctionCode {
  const zip = input.ZipFile ?? readObject(input, cell);
  checkZip(zip);
  return { zip, sha256: createHash('sha256').update(zip).digest('base64') };
}

function readObject({ S3Bucket, S3Key }: CodeInput, { buckets }: Cell): Uint8Array {
  if (S3Bucket === undefined || S3Key === undefined) {
    throw invalidParameter('Please provide a source for function code.');
  }
  const bucket = buckets.all.get(S3Bucket);
  if (!bucket) throw s3Failure('NoSuchBucket', 'The specified bucket does not exist');
  const object = bucket.objects.get(S3Key);
  if (!object) throw s3Failure('NoSuchKey', 'The specified key does not exist.');
  return object.body;
}

function s3Failure(code: string, message: string): Error {
  return invalidParameter(
    `Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`,
  );
}

/** Reads the list of files only; they are unpacked when the function first runs. */
function checkZip(zip: Uint8Array): void {
  try {
    unzipSync(zip, { filter: () => false });
  } catch {
    throw invalidParameter(
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  }
}
