import type { Bucket } from './bucket.ts';

/** S3 buckets and objects. */
export class Buckets {
  /** By name. */
  readonly all: Map<string, Bucket> = new Map();
}
