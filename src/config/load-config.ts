import { AlbridgeError } from '../engine/errors.ts';
import { articleConfig } from './article.ts';
import type { Config } from './config.ts';
import { parseConfigText } from './parse-config.ts';
import { peerConfig, peerRemarks, type Remark } from './peers/peers.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What an invocation is to do: the binding that the event itself asks for in the 2022 article's form, else
 * `ALBRIDGE_CONFIG`, else the environment variables of the article or of another updater. Any other event only says
 * "now" (FM30).
 */
export function loadConfig(event: unknown, environment: Environment): Config {
  return articleConfig(asRecord(event), 'the event') ?? environmentConfig(environment);
}

/** What is to be told about the environment: nothing where it is one of albridge's own. */
export function remarksOn(environment: Environment): Remark[] {
  return environment.ALBRIDGE_CONFIG ? [] : peerRemarks(environment);
}

/** The configuration in the environment. */
function environmentConfig(environment: Environment): Config {
  const text = environment.ALBRIDGE_CONFIG;
  if (text) return parseConfigText(text, 'ALBRIDGE_CONFIG');
  const adopted = articleConfig(environment, 'the environment') ?? peerConfig(environment);
  if (adopted) return adopted;
  const message = 'there is no configuration; set ALBRIDGE_CONFIG to {"bindings":[…]}';
  throw new AlbridgeError('invalid-config', message);
}

function asRecord(event: unknown): Readonly<Record<string, unknown>> {
  return typeof event === 'object' && event !== null ? (event as Record<string, unknown>) : {};
}
