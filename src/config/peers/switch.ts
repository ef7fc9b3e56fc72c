import { AlbridgeError } from '../../engine/errors.ts';
import type { Variables } from './peer.ts';

const words: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

/**
 * A variable that is on or off, in the spellings of Python and of people.
 *
 * @throws AlbridgeError `invalid-config`
 */
export function switchOf(variables: Variables, name: string, otherwise: boolean): boolean {
  const text = variables[name]?.trim().toLowerCase();
  if (!text) return otherwise;
  const value = words.get(text);
  if (value !== undefined) return value;
  const message = `the environment is not valid: ${name}: expected true or false, got ${JSON.stringify(variables[name])}`;
  throw new AlbridgeError('invalid-config', message);
}
