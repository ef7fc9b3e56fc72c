import { isDeepStrictEqual } from 'node:util';
import type { ResourceProvider } from './resource-provider.ts';
import type { Properties } from './template/template.ts';

/** The names of the properties that are not the same, sorted. */
export function changedProperties(current: Properties, desired: Properties): string[] {
  const names = new Set([...Object.keys(current), ...Object.keys(desired)]);
  return [...names].filter((name) => !isDeepStrictEqual(current[name], desired[name])).sort();
}

/** Whether a change of that property needs a new resource. */
export function needsReplacement(provider: ResourceProvider, property: string): boolean {
  return provider.update === undefined || (provider.createOnly ?? []).includes(property);
}
