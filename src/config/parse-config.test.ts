import { describe, expect, it } from 'vitest';
import { parseConfig, parseConfigText } from './parse-config.ts';
import { binding, everyKind, group, groupArn, opening, refused, role, sinks } from './testing/examples.ts';

/** What is wrong with a configuration of these bindings, a line for each problem. */
function problems(...bindings: unknown[]): string[] {
  try {
    parseConfig({ bindings }, 'ALBRIDGE_CONFIG');
    return [];
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid-config' });
    return (error as Error).message.replace('ALBRIDGE_CONFIG is not valid: ', '').split('; ');
  }
}

describe('parseConfig', () => {
  it('takes every kind of source and sink', () => {
    expect(parseConfig(everyKind, 'it')).toEqual(everyKind);
  });

  it.each(refused)('refuses $name', ({ given, want }) => {
    const told = problems(binding(given));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`bindings[0]${want}`);
  });

  it('names all problems at once', () => {
    const told = problems(
      binding({ name: '' }),
      binding({ sink: { type: 'target-group', arn: 'x', port: 70_000 } }),
    );
    expect(told.map((line) => line.split(':')[0])).toEqual([
      'bindings[0].name',
      'bindings[1].sink.arn',
      'bindings[1].sink.port',
    ]);
  });

  it('refuses two bindings of one name', () => {
    const other = binding({ sink: { type: 'target-group', arn: groupArn, port: 81 } });
    expect(problems(binding(), other)).toEqual([
      'bindings[1].name: expected a name that no other binding has, got "bridge"',
    ]);
  });

  it('refuses two bindings that would undo each other in one target group', () => {
    expect(problems(binding(), binding({ name: 'other' }))).toEqual([
      expect.stringContaining(
        "bindings[1].sink: expected a target group and port that no other binding in mode 'sync' has",
      ),
    ]);
    expect(problems(binding(), binding({ name: 'other', policy: { mode: 'upsert-only' } }))).toEqual([]);
    const named = { name: 'group', ...group({}).sink };
    expect(problems(binding(), binding({ name: 'other', ...sinks(named) }))).toEqual([
      expect.stringContaining('bindings[1].sinks[0]: expected a target group and port'),
    ]);
    const added = { ...named, policy: { mode: 'upsert-only' } };
    expect(problems(binding(), binding({ name: 'other', ...sinks(added) }))).toEqual([]);
  });

  it('refuses a sink that goes by the name of another binding', () => {
    const other = binding({ name: 'bridge.list', ...group({ port: 81 }) });
    const several = binding(sinks({ name: 'list', type: 'prefix-list', id: 'pl-1' }));
    expect(problems(other, several)).toEqual([
      'bindings[1].sinks[0].name: expected a name that no other binding has, got "list"',
    ]);
  });

  it('tells the external id of a role to nobody', () => {
    const told = problems(binding({ ...opening({ role: { ...role, externalId: 'a secret' } }) }));
    expect(told.join()).not.toContain('a secret');
  });

  it('refuses what cannot even be checked', () => {
    const name = { length: { toString: 1 } };
    expect(problems(binding({ source: { type: 'dns', name } }))).toEqual([
      'it cannot be checked: Cannot convert object to primitive value',
    ]);
  });

  it('tells the beginning of what is endless', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    const wide = Array.from({ length: 20 }).reduce<unknown>((part) => [part, part, part], 'end');
    expect(problems(deep)).toEqual([
      'bindings[0]: invalid input: expected object, received array, got [[[["…"]]]]',
    ]);
    expect(problems(wide)).toEqual([expect.stringMatching(/^bindings\[0\]: .{1,140}…$/)]);
  });

  it('refuses no bindings, and what is no configuration at all', () => {
    expect(problems()).toEqual(['bindings: too small: expected array to have >=1 items, got []']);
    expect(() => parseConfig([], 'it')).toThrow('it is not valid: the whole: invalid input: expected object');
  });
});

describe('parseConfigText', () => {
  it('says that text is not json', () => {
    expect(() => parseConfigText('{bindings', 'ALBRIDGE_CONFIG')).toThrow(/^ALBRIDGE_CONFIG is not json: /);
  });
});
