/** What a pattern such as `/a/{id}/{proxy+}` finds in a path (undecoded, from `/`); undefined where it does not fit. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = segments(pattern);
  const given = segments(path);
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index];
    if (!value) return undefined;
    if (segment.endsWith('+}'))
      return {
        ...parameters,
        [segment.slice(1, -2)]: path
          .split('/')
          .slice(index + 1)
          .join('/'),
      };
    if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = value;
    else if (segment !== value) return undefined;
  }
  return given.length === wanted.length ? parameters : undefined;
}

/** What stands between the slashes; one at the end says nothing, but to a greedy variable. */
function segments(path: string): string[] {
  const parts = path.split('/').slice(1);
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

/** Sorts more specific patterns first: at each step literal text, then a variable, then a greedy one. */
export function bySpecificity(one: string, other: string): number {
  return rank(one).localeCompare(rank(other));
}

function rank(path: string): string {
  return segments(path)
    .map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0'))
    .join('');
}
