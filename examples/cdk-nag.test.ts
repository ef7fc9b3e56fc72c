import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, test } from 'vitest';
import { appOf, examples } from './stacks.ts';

const outdir = mkdtempSync(join(tmpdir(), 'albridge-nag-'));
afterAll(() => rmSync(outdir, { recursive: true }));

describe.each(examples)('$golden', (example) => {
  const app = appOf(example, { outdir });
  example.stackOf(app);

  test('leaves cdk-nag nothing to find that is not explained', () => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const found = violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
    expect(found).toEqual([]);
  });

  test('gives a reason wherever it lets a finding stand', () => {
    for (const { reason } of acknowledged(app)) expect(reason).toMatch(/\w+( \S+){4,}/);
  });
});

test('is found out, where something is not explained', () => {
  const [example] = examples.filter(({ golden }) => golden.startsWith('new-vpc'));
  if (!example) throw new Error('the example new-vpc is gone');
  const app = appOf(example, { outdir });
  const stack = example.stackOf(app);
  for (const { node } of stack.node.findAll()) {
    const entries = node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    for (const { data } of entries) for (const id of Object.keys(data)) delete data[id];
  }
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  expect(violations.map(({ ruleName }) => ruleName)).toContain('AwsSolutions-IAM5[Resource::*]');
});

function acknowledged(app: App): { id: string; reason: string }[] {
  return app.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries<string>(data).map(([id, reason]) => ({ id, reason })));
}
