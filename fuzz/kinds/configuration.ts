import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { sync } from '../../src/app/sync.ts';
import type { Config } from '../../src/config/config.ts';
import { parseConfigText } from '../../src/config/parse-config.ts';
import { parseConfigFile } from '../../src/config/parse-config-file.ts';
import { passesOf } from '../../src/config/passes-of.ts';
import { isValid } from '../../src/config/reference/testing/validate.ts';
import { expectNoCall, expectNoRemoval, settled } from '../expect.ts';
import { editedText } from '../generate/edited-text.ts';
import { garbage, plausible } from '../generate/garbage.ts';
import { mutated } from '../generate/mutated.ts';
import type { Kind } from '../kind.ts';
import type { FuzzWorld } from '../world.ts';

const schema = JSON.parse(readFileSync('docs/reference/config.schema.json', 'utf8'));

/** Text for a configuration; what is too deep to be written as text is left as a word. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return 'deep';
  }
}

function texts({ config }: FuzzWorld): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: mutated(config).map(asText) },
    { weight: 4, arbitrary: mutated(config, { by: plausible, most: 1 }).map(asText) },
    { weight: 4, arbitrary: editedText(JSON.stringify(config)) },
    { weight: 1, arbitrary: garbage.map(asText) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
}

/**
 * The environment's configuration, on a tick of the schedule. What is refused is refused before anything is called;
 * what is taken, the JSON Schema takes as well, and it removes nothing, unless it says that other ports be opened.
 */
export const configuration: Kind = {
  name: 'configuration',
  share: 0.2,
  property: (world, tell) =>
    fc.asyncProperty(texts(world), async (text) => {
      world.forget();
      const parsed = await settled(() => parseConfigText(text, 'ALBRIDGE_CONFIG'), ['invalid-config']);
      const environment = { ALBRIDGE_CONFIG: text };
      const options = { ...world.reach, environment };
      const ended = await settled(() => sync({}, options), ['invalid-config', 'bindings-failed']);
      tell('code' in parsed ? 'refused' : 'code' in ended ? 'taken, and failed' : 'taken');
      if ('code' in parsed) return expectNoCall(world);
      if (!isValid(schema, JSON.parse(text))) throw new Error('the JSON Schema refuses what the code takes');
      if (!opensOtherPorts(parsed.value)) expectNoRemoval(world);
    }),
};

/** Rules for a port that is no longer configured go: by design. */
function opensOtherPorts({ bindings }: Config): boolean {
  const sinks = bindings.flatMap(passesOf).map(({ sink }) => sink);
  return sinks.some(
    (sink) => sink.type === 'security-group' && (sink.port !== 80 || sink.protocol === 'udp'),
  );
}

/** A file's text, in YAML or JSON, is a configuration or an error of ours. */
export const file: Kind = {
  name: 'file',
  share: 0.05,
  property: (world, tell) => {
    const yaml = editedText(stringify(world.config));
    return fc.asyncProperty(fc.oneof({ weight: 3, arbitrary: yaml }, texts(world)), async (text) => {
      const parsed = await settled(() => parseConfigFile(text, 'albridge.yaml'), ['invalid-config']);
      tell('code' in parsed ? 'refused' : 'taken');
    });
  },
};
