import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';
import { parseDocument, visit } from 'yaml';

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
  const document = parseDocument(readFileSync(templateUrl, 'utf8'), { logLevel: 'silent' });
  const { Resources } = document.toJS() as Template;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const [logicalId, { Type, Properties }] of Object.entries(Resources)) {
    if (Type !== 'AWS::Lambda::Function' || typeof Properties?.Code !== 'string') continue;
    const zip = zipFolder(new URL(`${Properties.Code}/`, templateUrl));
    const key = createHash('sha256').update(zip).digest('hex');
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: zip }));
    document.setIn(['Resources', logicalId, 'Properties', 'Code'], { S3Bucket: bucket, S3Key: key });
  }
  // A template in JSON is one in YAML as well, but would be neither with plain YAML put into its braces.
  visit(document, { Collection: (_key, node) => void Object.assign(node, { flow: false }) });
  return document.toString({ lineWidth: 0 });
}

/** The date of every file, so that the same code is the same archive. */
const mtime = new Date('2020-01-01T00:00:00Z');

function zipFolder(folder: URL): Uint8Array {
  const files = readdirSync(folder).map((name) => [name, [readFileSync(new URL(name, folder)), { mtime }]]);
  return zipSync(Object.fromEntries(files));
}
