import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';

interface Template {
  Resources: Record<string, { Type: string; Properties?: { Code?: unknown } }>;
}

const bucket = 'albridge-code';

/**
 * Does what `aws cloudformation package` does: zips each folder that a function's `Code` names, uploads it, and gives
 * the template that names the uploads instead.
 *
 * @throws Error when a folder of code is not there
 */
export async function packageFunctions(s3: S3Client, templateUrl: URL): Promise<string> {
  const template = JSON.parse(readFileSync(templateUrl, 'utf8')) as Template;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== 'AWS::Lambda::Function' || typeof Properties?.Code !== 'string') continue;
    const zip = zipFolder(new URL(`${Properties.Code}/`, templateUrl));
    const key = createHash('sha256').update(zip).digest('hex');
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: zip }));
    Properties.Code = { S3Bucket: bucket, S3Key: key };
  }
  return JSON.stringify(template);
}

/** The date of every file, so that the same code is the same archive. */
const mtime = new Date('2020-01-01T00:00:00Z');

function zipFolder(folder: URL): Uint8Array {
  const files = readdirSync(folder).map((name) => [name, [readFileSync(new URL(name, folder)), { mtime }]]);
  return zipSync(Object.fromEntries(files));
}
