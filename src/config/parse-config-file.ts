import { parse } from 'yaml';
import { AlbridgeError, messageOf } from '../engine/errors.ts';
import type { Config } from './config.ts';
import { parseConfig } from './parse-config.ts';

/** The configuration in a file's text, which is YAML, or JSON; `origin` is what problems call it: the file's name. */
export function parseConfigFile(text: string, origin: string): Config {
  return parseConfig(parseYaml(text, origin), origin);
}

function parseYaml(text: string, origin: string): unknown {
  try {
    // Quiet: what matters is an error, and a library writes nothing to its user's console.
    return parse(text, { logLevel: 'error' });
  } catch (error) {
    const [what = ''] = messageOf(error).split('\n');
    throw new AlbridgeError('invalid-config', `${origin} is not yaml: ${what.replace(/:$/, '')}`, {
      cause: error,
    });
  }
}
