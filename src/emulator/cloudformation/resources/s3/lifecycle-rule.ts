import type { LifecycleRule } from '@aws-sdk/client-s3';
import { readText } from '../../properties.ts';
import { ResourceFailure } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';

const known = [
  'AbortIncompleteMultipartUpload',
  'ExpirationInDays',
  'Id',
  'NoncurrentVersionExpiration',
  'Prefix',
  'Status',
];

/** A rule as the API has it, which a template words otherwise. Nothing here acts by it. */
export function lifecycleRule(rule: Properties): LifecycleRule {
  const unknown = Object.keys(rule).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ResourceFailure(`${unknown} of a bucket's lifecycle is not supported by this local AWS`);
  const expiration = rule.ExpirationInDays;
  const noncurrent = numberIn(rule.NoncurrentVersionExpiration, 'NoncurrentDays');
  const uploads = numberIn(rule.AbortIncompleteMultipartUpload, 'DaysAfterInitiation');
  return {
    ID: readText(rule, 'Id'),
    Status: readText(rule, 'Status') as LifecycleRule['Status'],
    Filter: { Prefix: readText(rule, 'Prefix') ?? '' },
    ...(expiration !== undefined && { Expiration: { Days: Number(expiration) } }),
    ...(noncurrent !== undefined && { NoncurrentVersionExpiration: { NoncurrentDays: noncurrent } }),
    ...(uploads !== undefined && { AbortIncompleteMultipartUpload: { DaysAfterInitiation: uploads } }),
  };
}

function numberIn(value: unknown, name: string): number | undefined {
  return isRecord(value) && value[name] !== undefined ? Number(value[name]) : undefined;
}
