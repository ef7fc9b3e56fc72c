import { AlbridgeError } from '../engine/errors.ts';
import type { Config } from './config.ts';
import { parseBindings, parseJson } from './parse-config.ts';

/** The configuration in the parameters under a path: a binding in each. */
export function parametersConfig(
  path: string,
  parameters: readonly { name: string; value: string }[],
): Config {
  if (parameters.length === 0) {
    const message = `there are no parameters under '${path}', where ALBRIDGE_CONFIG_PARAMETERS has each binding in one; write one, or unset it`;
    throw new AlbridgeError('invalid-config', message);
  }
  const found = parameters.map(({ name, value }) => {
    const origin = `parameter '${name}'`;
    return { origin, value: parseJson(value, origin) };
  });
  return parseBindings(found, `the parameters under '${path}'`);
}
