/** Whether a value matches a pattern in which `*` stands for any characters and `?` for any one. */
export function matchesWildcard(pattern: string, value: string, options?: { ignoreCase: boolean }): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, options?.ignoreCase ? 'is' : 's').test(value);
}
