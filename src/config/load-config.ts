import { AlbridgeError } from '../engine/errors.ts';
import { articleConfig } from './article.ts';
import type { Config } from './config.ts';
import { parametersConfig } from './parameters-config.ts';
import { parseConfigText } from './parse-config.ts';
import { peerConfig, peerRemarks, type Remark } from './peers/peers.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the parameters under a path: all of them, or it throws. */
export type ReadParameters = (path: string) => Promise<readonly { name: string; value: string }[]>;

/**
 * What an invocation is to do: the binding that the event itself asks for in the 2022 article's form, else
 * `ALBRIDGE_CONFIG`, else the parameters under `ALBRIDGE_CONFIG_PARAMETERS`, else the environment variables of the
 * article or of another updater. Any other event only says "now" (FM30).
 */
export async function loadConfig(
  event: unknown,
  environment: Environment,
  readParameters: ReadParameters,
): Promise<Config> {
  return (
    articleConfig(asRecord(event), 'the event') ?? (await environmentConfig(environment, readParameters))
  );
}

/** What is to be told about the environment: nothing where it is one of albridge's own. */
export function remarksOn(environment: Environment): Remark[] {
  const isOwn = environment.ALBRIDGE_CONFIG || environment.ALBRIDGE_CONFIG_PARAMETERS;
  return isOwn ? [] : peerRemarks(environment);
}

/** The configuration in the environment, or where the environment says that it is. */
async function environmentConfig(environment: Environment, readParameters: ReadParameters): Promise<Config> {
  const { ALBRIDGE_CONFIG: text, ALBRIDGE_CONFIG_PARAMETERS: path } = environment;
  if (text && path) {
    const message = `ALBRIDGE_CONFIG and ALBRIDGE_CONFIG_PARAMETERS are both set, to '${path}' the latter; unset one of them`;
    throw new AlbridgeError('invalid-config', message);
  }
  if (text) return parseConfigText(text, 'ALBRIDGE_CONFIG');
  if (path) return parametersConfig(path, await readParameters(path));
  const adopted = articleConfig(environment, 'the environment') ?? peerConfig(environment);
  if (adopted) return adopted;
  const message =
    'there is no configuration; set ALBRIDGE_CONFIG to {"bindings":[…]}, or ALBRIDGE_CONFIG_PARAMETERS to a path of parameters';
  throw new AlbridgeError('invalid-config', message);
}

function asRecord(event: unknown): Readonly<Record<string, unknown>> {
  return typeof event === 'object' && event !== null ? (event as Record<string, unknown>) : {};
}
