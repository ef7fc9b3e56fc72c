import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, test } from 'vitest';
import { BridgeStack } from './bridge-stack.ts';

const outdir = mkdtempSync(join(tmpdir(), 'albridge-example-'));
afterAll(() => rmSync(outdir, { recursive: true }));

let template: Template;
beforeAll(() => {
  const { context } = JSON.parse(readFileSync(new URL('cdk.json', import.meta.url), 'utf8'));
  template = Template.fromStack(
    new BridgeStack(new App({ builtinCloudFormationValidation: false, context, outdir }), 'Example'),
  );
});

test('uploads the functions that the package ships', () => {
  template.resourceCountIs('AWS::Lambda::Function', 3);
  template.allResourcesProperties('AWS::Lambda::Function', {
    Code: { S3Bucket: Match.anyValue(), S3Key: Match.stringLikeRegexp('[.]zip$') },
  });
});

test('forwards to the servers', () => {
  template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    LaunchTemplate: Match.anyValue(),
    TargetGroupARNs: [{ Ref: Match.stringLikeRegexp('AlbTargetGroup') }],
  });
});

test('opens no way in or out', () => {
  for (const type of ['InternetGateway', 'NatGateway', 'EIP'])
    template.resourceCountIs(`AWS::EC2::${type}`, 0);
});
