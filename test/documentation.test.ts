import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lateMessageLines } from '../src/app/late-messages.ts';
import { logLine } from '../src/app/log-line.ts';
import { metricsLine } from '../src/app/metrics.ts';
import * as cdk from '../src/cdk/index.ts';
import type { Granted } from '../src/cdk/reference/granted.ts';
import { sinks, sources } from '../src/cdk/reference/subjects.ts';
import { interfaceEvents } from '../src/cdk/sync/starting-rule.ts';
import { articleConfig } from '../src/config/article.ts';
import { parseConfig } from '../src/config/parse-config.ts';
import { isValid } from '../src/config/reference/testing/validate.ts';
import type { Outcome } from '../src/engine/outcome.ts';

const read = (page: string): string => readFileSync(new URL(`../${page}`, import.meta.url), 'utf8');
const schema = JSON.parse(read('docs/reference/config.schema.json'));

const outcome: Outcome = {
  binding: 'bridge',
  desired: ['10.0.0.1'],
  registered: ['10.0.0.1'],
  healthy: [],
  added: ['10.0.0.1'],
  removed: [],
  withheld: [],
  unused: [],
  errors: [],
};
const timing = { started: 0, duration: 1, sinceSuccess: 0 };

interface Block {
  language: string;
  text: string;
}

function blocksOf(page: string, ...languages: string[]): Block[] {
  const blocks = read(page).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...blocks]
    .map(([, language = '', text = '']) => ({ language, text }))
    .filter(({ language }) => languages.includes(language));
}

/** The first cells of a table, whose first title is this. */
function firstCells(page: string, title: string): string[] {
  const [, rows = ''] =
    new RegExp(`^\\| ${title} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)+)`, 'm').exec(read(page)) ?? [];
  const cells = rows.split('\n').map((row) => row.split('|')[1] ?? '');
  return cells.flatMap((cell) => cell.match(/[\w-]+/g) ?? []);
}

describe('docs/configuration.md', () => {
  const blocks = blocksOf('docs/configuration.md', 'json', 'yaml').map(({ language, text }) => ({
    text,
    value: language === 'yaml' ? parse(text) : JSON.parse(text),
  }));
  const whole = (part: object): object => ({
    bindings: [{ name: 'orders', policy: { mode: 'sync' }, ...part }],
  });
  const source = { type: 'static', addresses: ['10.0.0.10'] };
  const sink = { type: 'prefix-list', id: 'pl-0123456789abcdef0' };

  /** What a block is an example of, as a configuration; undefined where it is of something else. */
  function configOf(value: Record<string, unknown>): unknown {
    if (value.bindings) return value;
    if (value.sinks) return whole({ source, ...value });
    return value.type === 'merged' ? whole({ source: value, sink }) : undefined;
  }

  const configs = blocks.filter(({ value }) => configOf(value));
  it('has examples of whole configurations, in both languages, and of parts', () => {
    expect(configs).toHaveLength(5);
  });

  it.each(configs)('has an example that is valid: $text', ({ value }) => {
    const config = configOf(value);
    expect(isValid(schema, config)).toBe(true);
    expect(() => parseConfig(config, 'the example')).not.toThrow();
  });

  it("has the article's event as the function takes it, and the rule's pattern as the construct has it", () => {
    const others = blocks.filter(({ value }) => !configOf(value)).map(({ value }) => value);
    const [event] = others.filter(({ targetPort }) => targetPort);
    expect(articleConfig(event, 'the example')?.bindings).toHaveLength(1);
    const { detailType, ...pattern } = interfaceEvents;
    expect(others).toContainEqual({ ...pattern, 'detail-type': detailType });
  });
});

describe('docs/operations.md', () => {
  it('shows a line of the log with the fields that it has', () => {
    const [shown] = blocksOf('docs/operations.md', 'json');
    expect(Object.keys(JSON.parse(shown?.text ?? '{}'))).toEqual(
      Object.keys(JSON.parse(logLine(outcome, timing) ?? '{}')),
    );
  });

  it.each([
    { title: '`cause` of a removal', type: 'RemovalCause' },
    { title: '`reason` of what is withheld', type: 'KeepReason' },
  ])('explains each $type', ({ title, type }) => {
    const [, text = ''] =
      new RegExp(`^### ${type}\\n[\\s\\S]*?^\`('.*')\`$`, 'm').exec(read('docs/reference/api.md')) ?? [];
    const values = text.match(/[\w-]+/g) ?? [];
    expect(values.length).toBeGreaterThan(0);
    expect(firstCells('docs/operations.md', title)).toEqual(expect.arrayContaining(values));
  });
});

describe('docs/adopt.md', () => {
  it('allows what a load balancer and a target group need, and no more', () => {
    const [block] = blocksOf('docs/adopt.md', 'json');
    const { Statement } = JSON.parse(block?.text ?? '{}');
    const shown = Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    const needed = [...sources(), ...sinks()]
      .filter(({ name }) => name === 'load-balancer' || name === 'target-group')
      .flatMap(({ granted }) => granted.flatMap(({ actions }: Granted) => actions));
    expect(shown.sort()).toEqual([...new Set(needed)].sort());
  });
});

describe('docs/reference', () => {
  it('lists the metrics that are published, and no others', () => {
    const binding = {
      name: 'b',
      source: { type: 'static', addresses: [] },
      sink: { type: 'prefix-list', id: 'pl-1' },
      policy: { mode: 'sync' },
    } as const;
    const lines = [metricsLine(outcome, timing), ...lateMessageLines(1, { bindings: [binding], now: 0 })];
    const published = lines
      .flatMap((line) => JSON.parse(line)._aws?.CloudWatchMetrics ?? [])
      .flatMap(({ Metrics }) => Metrics.map(({ Name }: { Name: string }) => Name));
    expect(firstCells('docs/reference/metrics.md', 'metric')).toEqual(published);
  });

  it('has a section for each class of the constructs, with each method', () => {
    const page = read('docs/reference/cdk.md');
    for (const [name, exported] of Object.entries(cdk)) {
      const [section = ''] = new RegExp(`^### ${name}\\n[\\s\\S]*?(?=^##)`, 'm').exec(page) ?? [];
      for (const method of Object.getOwnPropertyNames(exported.prototype)) {
        if (method !== 'constructor') expect(section).toMatch(new RegExp(`\`${method}[(:]`));
      }
    }
  });

  it('has all properties of the bridge in one table: its own, and those that it takes over', () => {
    const [section = ''] =
      /^### ApiGatewayAlbBridgeProps\n[\s\S]*?(?=^##)/m.exec(read('docs/reference/cdk.md')) ?? [];
    for (const row of [
      "| `path` | [`BridgePath`](#bridgepath) | `'ip-sync'` |",
      '| `every` | `Duration` | `Duration.minutes(1)` |',
      '| `minHealthyPercent` | `number` | `100` |',
    ]) {
      expect(section).toContain(row);
    }
  });
});
