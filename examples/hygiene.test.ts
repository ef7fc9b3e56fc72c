import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { appOf, examples } from './stacks.ts';

const outdir = mkdtempSync(join(tmpdir(), 'albridge-hygiene-'));
afterAll(() => rmSync(outdir, { recursive: true }));

describe.each(examples)('$golden', (example) => {
  let template: Template;
  beforeAll(() => {
    template = Template.fromStack(example.stackOf(appOf(example, { outdir })));
  });

  /** Those of a type that there are, be it none. */
  function each(type: string, properties: object): void {
    const { length } = Object.keys(template.findResources(type));
    template.resourcePropertiesCountIs(type, properties, length);
  }

  test('has no public address', () => {
    for (const type of ['EIP', 'InternetGateway', 'NatGateway'])
      template.resourceCountIs(`AWS::EC2::${type}`, 0);
    each('AWS::EC2::Subnet', { MapPublicIpOnLaunch: Match.not(true) });
    each('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
  });

  test('keeps logs for a time, and each function’s in a group of its own', () => {
    each('AWS::Logs::LogGroup', { RetentionInDays: Match.anyValue() });
    each('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: Match.anyValue() },
    });
  });

  test('has its functions outside the VPC, as no name that they ask for is private', () => {
    each('AWS::Lambda::Function', { VpcConfig: Match.absent() });
  });
});
