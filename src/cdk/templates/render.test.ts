import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { renderTemplates } from './render.ts';

const rendered = Object.entries(renderTemplates()).map(([name, text]) => ({
  name,
  path: fileURLToPath(new URL(`../../../templates/${name}`, import.meta.url)),
  template: JSON.parse(text),
  text,
}));

const hasCfnLint = spawnSync('cfn-lint', ['--version']).status === 0;
if (!hasCfnLint) console.log('cfn-lint is not installed: the templates are not linted');

test.each(rendered)('keeps $name fresh: npm run templates', ({ path, text }) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test.skipIf(!hasCfnLint)('passes cfn-lint', () => {
  const paths = rendered.map(({ path }) => path);
  const { status, stdout } = spawnSync('cfn-lint', paths, { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test.each(rendered)('fits in one request to CloudFormation: $name', ({ text }) => {
  expect(Buffer.byteLength(text)).toBeLessThan(51_200);
});

test.each(rendered)('needs no bootstrapped account and no name for a role: $name', ({ text }) => {
  expect(text).not.toMatch(/BootstrapVersion|AWS::CDK|aws:cdk|AssetParameters|"RoleName"/);
});

test.each(rendered)('puts out what is needed to go on, its own VPC included: $name', ({ name, template }) => {
  const own = name.includes('new-vpc') ? ['SubnetIds', 'VpcId'] : [];
  const common = ['AlbArn', 'AlbSecurityGroupId', 'ApiUrl', 'NlbArn', 'NlbTargetGroupArn'];
  expect(Object.keys(template.Outputs).sort()).toEqual([...common, ...own]);
});

test.each(rendered)('describes, labels and groups each parameter: $name', ({ template }) => {
  const names = Object.keys(template.Parameters).sort();
  const { ParameterGroups, ParameterLabels } = template.Metadata['AWS::CloudFormation::Interface'];
  const grouped = ParameterGroups.flatMap(({ Parameters }: { Parameters: string[] }) => Parameters);
  expect(grouped.sort()).toEqual(names);
  expect(Object.keys(ParameterLabels).sort()).toEqual(names);
  for (const name of names) expect(template.Parameters[name].Description).toBeTruthy();
});

test.each([
  { addresses: '10.0.0.10', accepted: true },
  { addresses: '10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5', accepted: true },
  { addresses: '', accepted: false },
  { addresses: '10.0.0.1, 10.0.0.2', accepted: false },
  { addresses: '10.0.0.1,', accepted: false },
  { addresses: '10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5,10.0.0.6', accepted: false },
  { addresses: 'target.example.internal', accepted: false },
])('accepts the addresses "$addresses": $accepted', ({ addresses, accepted }) => {
  for (const { template } of rendered) {
    expect(new RegExp(template.Parameters.TargetAddresses.AllowedPattern).test(addresses)).toBe(accepted);
  }
});

test.each(rendered)('has a target and an egress rule for each address given: $name', ({ template }) => {
  const { AlbSecurityGroup, AlbTargetGroup } = template.Resources;
  for (const entries of [
    AlbTargetGroup.Properties.Targets,
    AlbSecurityGroup.Properties.SecurityGroupEgress,
  ]) {
    const conditions = entries.map((entry: { 'Fn::If'?: [string] }) => entry['Fn::If']?.[0]);
    expect(conditions).toEqual([undefined, 'HasTarget2', 'HasTarget3', 'HasTarget4', 'HasTarget5']);
  }
});
