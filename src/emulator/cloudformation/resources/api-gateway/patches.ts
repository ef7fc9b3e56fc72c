import type { PatchOperation } from '@aws-sdk/client-api-gateway';

/** A patch that gives a path its value; none where nothing is said of it. */
export function replaceIfSaid(path: string, value: string | undefined): PatchOperation[] {
  return value === undefined ? [] : [{ op: 'replace', path, value }];
}

/** A step of a path, in which slashes are not steps (RFC 6901). */
export function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
