import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, expect, test } from 'vitest';
import { appOf, examples } from './stacks.ts';

const outdir = mkdtempSync(join(tmpdir(), 'albridge-golden-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const hasCfnLint = spawnSync('cfn-lint', ['--version']).status === 0;
if (!hasCfnLint) console.log('cfn-lint is not installed: the examples are not linted');

test.each(examples)('synthesizes $golden', async (example) => {
  const template = Template.fromStack(example.stackOf(appOf(example, { outdir })));
  // The code of the functions has tests of its own, and other names at each change.
  const text = JSON.stringify(template.toJSON(), null, 2).replaceAll(/[0-9a-f]{64}[.]zip/g, 'code.zip');
  await expect(`${text}\n`).toMatchFileSnapshot(example.golden);
});

test.skipIf(!hasCfnLint)('pass cfn-lint', () => {
  const paths = examples.map(({ golden }) => fileURLToPath(new URL(golden, import.meta.url)));
  // CDK says some dependencies twice.
  const options = ['--ignore-checks', 'W3005', '--'];
  const { status, stdout } = spawnSync('cfn-lint', [...options, ...paths], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
