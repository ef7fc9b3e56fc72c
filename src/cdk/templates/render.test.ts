import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseTemplate } from '../../emulator/cloudformation/template/parse.ts';
import { renderTemplates } from './render.ts';

const files = Object.entries(renderTemplates()).map(([path, text]) => ({ path, text }));

const root = new URL('../../../', import.meta.url);

const rendered = files
  .filter(({ path }) => path.startsWith('templates/'))
  .map(({ path, text }) => ({
    name: basename(path),
    path: fileURLToPath(new URL(path, root)),
    template: parseTemplate(text),
    text,
  }));

const hasCfnLint = spawnSync('cfn-lint', ['--version']).status === 0;
if (!hasCfnLint) console.log('cfn-lint is not installed: the templates are not linted');

test.each(files)('keeps $path fresh: npm run templates', ({ path, text }) => {
  expect(readFileSync(new URL(path, root), 'utf8')).toBe(text);
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
  expect(text).not.toMatch(/BootstrapVersion|AWS::CDK|aws:cdk|AssetParameters|RoleName/);
});

const ofUpdaters = ['FunctionName', 'LogGroupName', 'RoleArn'];
const ofBridges = ['AlbArn', 'AlbSecurityGroupId', 'ApiKeyId', 'ApiUrl', 'NlbArn', 'NlbTargetGroupArn'];
const outputs: Record<string, string[]> = {
  'bridge-new-vpc.template.yaml': [...ofBridges, 'SubnetIds', 'VpcId'],
  'bridge.template.yaml': ofBridges,
};

test.each(rendered)('puts out what is needed to go on, each described: $name', ({ name, template }) => {
  expect(Object.keys(template.Outputs).sort()).toEqual(outputs[name] ?? ofUpdaters);
  for (const { Description } of Object.values(template.Outputs)) expect(Description).toBeTruthy();
});

interface Interface {
  ParameterGroups: { Parameters: string[] }[];
  ParameterLabels: Record<string, unknown>;
}

test.each(rendered)('describes, labels and groups each parameter: $name', ({ template }) => {
  const names = Object.keys(template.Parameters).sort();
  const console = template.Metadata?.['AWS::CloudFormation::Interface'] as Interface;
  const { ParameterGroups, ParameterLabels } = console;
  expect(ParameterGroups.flatMap(({ Parameters }) => Parameters).sort()).toEqual(names);
  expect(Object.keys(ParameterLabels).sort()).toEqual(names);
  for (const { Description } of Object.values(template.Parameters)) expect(Description).toBeTruthy();
});

test.each(rendered)('says in words what a pattern wants: $name', ({ template }) => {
  for (const { AllowedPattern, ConstraintDescription } of Object.values(template.Parameters)) {
    if (AllowedPattern !== undefined) expect(ConstraintDescription).toMatch(/^must /);
  }
});

const bridges = rendered.filter(({ name }) => name.startsWith('bridge'));

test.each([
  { addresses: '10.0.0.10', accepted: true },
  { addresses: '10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5', accepted: true },
  { addresses: '', accepted: false },
  { addresses: '10.0.0.1, 10.0.0.2', accepted: false },
  { addresses: '10.0.0.1,', accepted: false },
  { addresses: '10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5,10.0.0.6', accepted: false },
  { addresses: 'target.example.internal', accepted: false },
])('accepts the addresses "$addresses": $accepted', ({ addresses, accepted }) => {
  for (const { template } of bridges) {
    const { AllowedPattern = '' } = template.Parameters.TargetAddresses ?? {};
    expect(new RegExp(AllowedPattern).test(addresses)).toBe(accepted);
  }
});

test.each(bridges)('has a target and an egress rule for each address given: $name', ({ template }) => {
  const { AlbSecurityGroup, AlbTargetGroup } = template.Resources;
  for (const entries of [
    AlbTargetGroup?.Properties?.Targets,
    AlbSecurityGroup?.Properties?.SecurityGroupEgress,
  ]) {
    const conditions = (entries as { 'Fn::If'?: [string] }[]).map((entry) => entry['Fn::If']?.[0]);
    expect(conditions).toEqual([undefined, 'HasTarget2', 'HasTarget3', 'HasTarget4', 'HasTarget5']);
  }
});
