import type { StoredObject } from './bucket.ts';

/** An object that comes in parts, until it is completed. */
export interface MultipartUpload {
  id: string;
  initiatedAt: number;
  /** What the object will be, but for its bytes. */
  object: Omit<StoredObject, 'body' | 'etag' | 'lastModified'>;
  /** By number. */
  parts: Map<number, UploadedPart>;
}

export interface UploadedPart {
  body: Uint8Array;
  /** In quotation marks. */
  etag: string;
}
