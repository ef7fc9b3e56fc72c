import { describe, expect, it } from 'vitest';
import { parseConfigFile } from './parse-config-file.ts';
import { everyKind } from './testing/examples.ts';

const yaml = `
# yaml-language-server: $schema=node_modules/albridge/docs/reference/config.schema.json
bindings:
  - name: orders
    source: { type: static, addresses: [10.0.0.1] }
    sink: &group
      type: security-group
      id: sg-0123456789abcdef0
      port: 443
    policy: { mode: upsert-only }
  - name: invoices
    source: { type: static, addresses: ['fd00::1'] }
    sink: *group
    policy: { mode: upsert-only }
`;

describe('parseConfigFile', () => {
  it('takes yaml', () => {
    expect(parseConfigFile(yaml, 'albridge.yaml').bindings.map(({ name, sink }) => ({ name, sink }))).toEqual(
      ['orders', 'invoices'].map((name) => ({
        name,
        sink: { type: 'security-group', id: 'sg-0123456789abcdef0', port: 443 },
      })),
    );
  });

  it('takes json, with the name of its schema', () => {
    const text = JSON.stringify({ $schema: './config.schema.json', ...everyKind });
    expect(parseConfigFile(text, 'albridge.json')).toEqual(JSON.parse(text));
  });

  it.each([
    {
      name: 'what is not yaml',
      text: '{',
      message: /^albridge.yaml is not yaml: Flow map .* at line 1, column 2$/,
    },
    {
      name: 'two documents',
      text: 'bindings: []\n---\nbindings: []',
      message: /^albridge.yaml is not yaml: Source contains multiple documents/,
    },
    {
      name: 'aliases that unfold without end',
      text: Array.from(
        { length: 9 },
        (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1},`.repeat(9)}]`,
      ).join('\n'),
      message: /^albridge.yaml is not yaml: Excessive alias count/,
    },
    {
      name: 'nothing',
      text: '',
      message: 'albridge.yaml is not valid: the whole: invalid input: expected object',
    },
    {
      name: 'a setting that is not known, by its path',
      text: `${yaml}    polcy: {}\n`,
      message: 'albridge.yaml is not valid: bindings[1]: unrecognized key: "polcy"',
    },
  ])('refuses $name', ({ text, message }) => {
    expect(() => parseConfigFile(text, 'albridge.yaml')).toThrow(message);
  });
});
