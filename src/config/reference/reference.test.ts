import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { binding, everyKind, refused } from '../testing/examples.ts';
import { configJsonSchema } from './config-json-schema.ts';
import { docComments } from './doc-comments.ts';
import { fieldTables } from './field-tables.ts';
import { isValid } from './testing/validate.ts';

const comments = docComments(readFileSync(new URL('../config.ts', import.meta.url), 'utf8'));
const schema = configJsonSchema(comments);

describe('docComments', () => {
  it('reads meanings and defaults, of fields that have them', () => {
    const source = `
/** An interface,
 * in two lines. */
export interface One extends Other {
  type: 'one';
  /** In a line. */
  text: string;
  /**
   * In several
   * lines.
   *
   * @default 'tcp'
   */
  protocol?: 'tcp' | 'udp' | undefined;
  /**
   * Counts.
   *
   * @default - no limit
   */
  count?: number;
}

export type Two = One & {
  /** @default 100 */
  name: string;
};
`;
    const read = docComments(source);
    expect([...read.keys()]).toEqual(['One', 'Two']);
    expect(read.get('One')?.meaning).toBe('An interface, in two lines.');
    expect(Object.fromEntries(read.get('One')?.fields ?? [])).toEqual({
      type: { meaning: '' },
      text: { meaning: 'In a line.' },
      protocol: { meaning: 'In several lines.', default: 'tcp' },
      count: { meaning: 'Counts.', defaultWords: 'no limit' },
    });
    expect(read.get('Two')?.fields.get('name')).toEqual({ meaning: '', default: 100 });
  });
});

describe('configJsonSchema', () => {
  it('takes every kind of source and sink, and the name of the schema itself', () => {
    expect(isValid(schema, everyKind)).toBe(true);
    expect(isValid(schema, { $schema: './config.schema.json', bindings: [binding()] })).toBe(true);
  });

  it.each(refused.filter(({ onlyInCode }) => !onlyInCode))('refuses $name', ({ given }) => {
    expect(isValid(schema, { bindings: [binding(given)] })).toBe(false);
  });

  it.each(refused.filter(({ onlyInCode }) => onlyInCode))('has no words for $name', ({ given }) => {
    expect(isValid(schema, { bindings: [binding(given)] })).toBe(true);
  });

  it.each([{ bindings: [] }, {}, [], { bindings: [binding()], more: 1 }])('refuses %j', (config) => {
    expect(isValid(schema, config)).toBe(false);
  });

  it('demands a comment on every field', () => {
    expect(() => configJsonSchema(new Map())).toThrow('Config.$schema has no comment');
  });
});

describe('fieldTables', () => {
  const tables = fieldTables(schema);

  it.each([
    { table: 'binding', row: '| `sink` | object | this or `sinks` | what must hold them |' },
    { table: 'source', row: '| | `description` | text | this or `arn` | its exact name' },
    { table: 'source', row: '| | `family` | `ipv4`, `ipv6`, `both` | default `ipv4` | ' },
    { table: 'source', row: '| | `tags` | object | at least this or `securityGroupIds` or `subnetIds` | ' },
    { table: 'sink', row: '| `target-group` | `arn` | text | required | a target group of type `ip` |' },
    { table: 'sink', row: '| | `ports` | list of integers | this or `port` or `rules` | several ports |' },
    { table: 'reach', row: '| `role.sessionName` | text | default `albridge` | names the session in' },
    { table: 'policy', row: '| `mode` | `sync`, `upsert-only` | required | `sync`: the sink holds' },
    { table: 'policy', row: '| `minHealthyPercent` | 0 to 100 | default `100` | how many of the named' },
    { table: 'policy', row: '| `maxRemovals` | 1 or more | default: no limit | the most removals' },
  ])('tells in $table: $row', ({ table, row }) => {
    expect(tables[table]?.replace('| `network-interfaces` |', '| |')).toContain(row);
  });
});
