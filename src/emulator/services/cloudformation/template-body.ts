import { validationError } from '../../cloudformation/validation-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { StackDefinition } from '../../world/stacks/stack.ts';

/** The ways to give a template. */
export interface TemplateSource {
  TemplateBody?: string | undefined;
  TemplateURL?: string | undefined;
  UsePreviousTemplate?: boolean | undefined;
}

const maxBodyBytes = 51_200;
const maxObjectBytes = 1_000_000;

/** @throws AwsError `ValidationError` where there is no template, or it is too long */
export function readTemplateBody(source: TemplateSource, cell: Cell, previous?: StackDefinition): string {
  const { TemplateBody: body, TemplateURL: url, UsePreviousTemplate: keeps } = source;
  if (keeps && previous) return previous.body;
  if (body !== undefined) return limited(body, 'templateBody', maxBodyBytes);
  if (url !== undefined) return limited(readObject(url, cell), 'templateURL', maxObjectBytes);
  throw validationError('Either Template URL or Template Body must be specified.');
}

function limited(text: string, member: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  throw validationError(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
  );
}

function readObject(url: string, { buckets }: Cell): string {
  const { bucket, key } = objectAt(url);
  const object = buckets.all.get(bucket)?.objects.get(key);
  if (!object) throw validationError(`S3 error: The specified key does not exist: s3://${bucket}/${key}`);
  return new TextDecoder().decode(object.body);
}

/** Both forms of URLs: the bucket in the host name (`bucket.s3.region.amazonaws.com`), or first in the path. */
function objectAt(url: string): { bucket: string; key: string } {
  if (!URL.canParse(url)) throw validationError('TemplateURL must be a supported URL.');
  const { hostname, pathname } = new URL(url);
  const path = decodeURIComponent(pathname.slice(1));
  const bucket = /^(.+?)\.s3[.-](?:[\w-]+\.)?amazonaws\.com$/.exec(hostname)?.[1];
  if (bucket !== undefined) return { bucket, key: path };
  const slash = path.indexOf('/');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}
