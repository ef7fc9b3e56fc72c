import type { Bucket, StoredObject } from './bucket.ts';

/** An object as it was put, or the mark of its deletion. */
export interface ObjectVersion {
  key: string;
  /** `null` where the bucket kept no versions. */
  versionId: string;
  lastModified: number;
  /** None for a mark of deletion. */
  object: StoredObject | undefined;
}

/** Puts an object in force, and gives the version that it is. */
export function putObject(bucket: Bucket, object: StoredObject, newId: () => string): ObjectVersion {
  return append(bucket, { key: object.key, lastModified: object.lastModified, object }, newId);
}

/** Deletes what is in force: for good, or by a mark where the bucket keeps versions. */
export function deleteObject(
  bucket: Bucket,
  key: string,
  now: number,
  newId: () => string,
): ObjectVersion | undefined {
  if (bucket.versioning !== undefined) {
    return append(bucket, { key, lastModified: now, object: undefined }, newId);
  }
  deleteVersion(bucket, key, 'null');
  return undefined;
}

/** Takes a version away for good, and gives it; what was before it is in force again. */
export function deleteVersion(bucket: Bucket, key: string, versionId: string): ObjectVersion | undefined {
  const deleted = findVersion(bucket, key, versionId);
  bucket.versions = bucket.versions.filter((version) => version !== deleted);
  const current = bucket.versions.findLast((version) => version.key === key)?.object;
  if (current) bucket.objects.set(key, current);
  else bucket.objects.delete(key);
  return deleted;
}

export function findVersion({ versions }: Bucket, key: string, versionId: string): ObjectVersion | undefined {
  return versions.find((version) => version.key === key && version.versionId === versionId);
}

/** Without versioning there is one version a key, whose id is `null`. */
function append(bucket: Bucket, made: Omit<ObjectVersion, 'versionId'>, newId: () => string): ObjectVersion {
  const isKept = bucket.versioning === 'Enabled';
  if (!isKept) deleteVersion(bucket, made.key, 'null');
  const version = { ...made, versionId: isKept ? newId() : 'null' };
  bucket.versions.push(version);
  if (made.object) bucket.objects.set(made.key, made.object);
  else bucket.objects.delete(made.key);
  return version;
}
