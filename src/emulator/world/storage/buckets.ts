export interface Bucket {
  name: string;
  createdAt: number;
  /** By key. */
  objects: Map<string, StoredObject>;
}

export interface StoredObject {
  key: string;
  body: Uint8Array;
  /** MD5 of the body, in quotation marks. */
  etag: string;
  lastModified: number;
  contentType: string;
  contentEncoding: string | undefined;
  cacheControl: string | undefined;
  metadata: Record<string, string>;
}

/** S3 buckets and objects. */
export class Buckets {
  /** By name. */
  readonly all: Map<string, Bucket> = new Map();
}
