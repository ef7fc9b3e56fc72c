import fc from 'fast-check';
import { garbage } from './garbage.ts';

type Json = Record<string, unknown> | unknown[];

interface Edit {
  /** Which of the places, modulo their number. */
  place: number;
  how: 'replace' | 'delete' | 'rename' | 'repeat' | 'wrap' | 'stringify';
  by: unknown;
}

const editsOf = (by: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  fc.record({
    place: fc.nat(),
    how: fc.constantFrom('replace', 'replace', 'delete', 'rename', 'repeat', 'wrap', 'stringify'),
    by,
  });

/** A value with some of its parts replaced, left out, renamed, repeated, wrapped or turned into text. */
export function mutated(
  template: unknown,
  { by = garbage, most = 3 }: { by?: fc.Arbitrary<unknown>; most?: number } = {},
): fc.Arbitrary<unknown> {
  return fc.array(editsOf(by), { minLength: 1, maxLength: most }).map((edits) => {
    const root = { value: structuredClone(template) };
    for (const one of edits) apply(root, one);
    return root.value;
  });
}

function apply(root: { value: unknown }, { place, how, by }: Edit): void {
  const places = placesIn(root);
  const [holder, key] = places[place % places.length] as [Record<string, unknown>, string];
  const value = holder[key];
  if (how === 'replace') set(holder, key, by);
  else if (how === 'wrap') set(holder, key, [value]);
  else if (how === 'stringify') set(holder, key, text(value));
  else if (how === 'repeat') repeat(holder, key);
  else remove(holder, key);
  if (how === 'rename') set(holder, `${key}x`, value);
}

/** Every field and item, the whole among them, but not what is too deep to matter. */
function placesIn(root: { value: unknown }): [Json, string][] {
  const places: [Json, string][] = [];
  const visit = (holder: Json, depth: number): void => {
    for (const [key, value] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof value === 'object' && value !== null && depth < 8) visit(value as Json, depth + 1);
    }
  };
  visit(root, 0);
  return places;
}

function set(holder: Json, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true });
}

function remove(holder: Json, key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else set(holder, key, undefined);
}

function repeat(holder: Json, key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 0, holder[Number(key)]);
  else set(holder, `${key} `, holder[key]);
}

function text(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return 'too deep';
  }
}
