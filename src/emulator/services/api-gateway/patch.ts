import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { badRequest } from './errors.ts';

/**
 * What may be patched, by path; `{name}` in a path stands for any one segment, and the setter gets those segments in
 * their order. A value of undefined removes.
 */
export type Patchable<T> = Readonly<
  Record<string, (target: T, value: string | undefined, ...names: string[]) => void>
>;

/** @throws AwsError `BadRequestException` for a path that can't be patched */
export function applyPatches<T>(
  target: T,
  operations: readonly PatchOperation[] | undefined,
  patchable: Patchable<T>,
): void {
  const changes = (operations ?? []).map((operation) => prepare(target, operation, patchable));
  for (const change of changes) change();
}

/** `true` and `false` as patches write them. */
export function asBoolean(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

function prepare<T>(
  target: T,
  { op, path = '', value }: PatchOperation,
  patchable: Patchable<T>,
): () => void {
  for (const [pattern, set] of Object.entries(patchable)) {
    const names = match(pattern, path);
    if (!names) continue;
    // An addition may say all in its path: that is its value then.
    const given = op === 'add' ? (value ?? names.at(-1)) : value;
    return () => set(target, op === 'remove' ? undefined : given, ...names);
  }
  const allowed = Object.keys(patchable).join(', ');
  throw badRequest(`Invalid patch path  '${path}' specified for op '${op}'. Must be one of: [${allowed}]`);
}

/** The segments that a pattern leaves open, unescaped as JSON pointers are (RFC 6901). */
function match(pattern: string, path: string): string[] | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const names: string[] = [];
  for (const [index, segment] of given.entries()) {
    if (wanted[index]?.startsWith('{')) names.push(segment.replaceAll('~1', '/').replaceAll('~0', '~'));
    else if (wanted[index] !== segment) return undefined;
  }
  return names;
}
