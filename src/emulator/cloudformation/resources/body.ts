import type { Call } from '../../core/service.ts';
import { readText } from '../properties.ts';
import { ResourceFailure } from '../resource-provider.ts';
import { isRecord, type Properties } from '../template/template.ts';

/** The OpenAPI document of an API, from the template or from S3; none where it has neither. */
export function openApiBody({ Body, BodyS3Location }: Properties, { cell }: Call): string | undefined {
  if (Body !== undefined) return typeof Body === 'string' ? Body : JSON.stringify(Body);
  if (!isRecord(BodyS3Location)) return undefined;
  const [bucket = '', key = ''] = ['Bucket', 'Key'].map((name) => readText(BodyS3Location, name));
  const object = cell.buckets.all.get(bucket)?.objects.get(key);
  if (!object)
    throw new ResourceFailure(`Unable to get the API's definition from S3: no object ${key} in ${bucket}`);
  return Buffer.from(object.body).toString();
}
