import { describe, expect, test } from 'vitest';
import type { PolicyStatement } from './policy-document.ts';
import { type AccessRequest, allows } from './policy-evaluation.ts';

const request: AccessRequest = {
  principal: { arn: 'arn:aws:iam::000000000000:role/reader', account: '000000000000' },
  action: 'elasticloadbalancing:RegisterTargets',
  resource: 'arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/web/1',
  context: { 'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/tick' },
};

const allow = (statement: Partial<PolicyStatement>): PolicyStatement => ({ Effect: 'Allow', ...statement });
const deny = (statement: Partial<PolicyStatement>): PolicyStatement => ({ Effect: 'Deny', ...statement });
const on = (operator: string, value: string | string[]) => ({
  Condition: { [operator]: { 'AWS:SourceArn': value } },
});

describe('statements', () => {
  const cases: { name: string; statements: PolicyStatement[]; want: boolean }[] = [
    { name: 'none', statements: [], want: false },
    {
      name: 'an action',
      statements: [allow({ Action: 'elasticloadbalancing:RegisterTargets' })],
      want: true,
    },
    {
      name: 'an action in another case',
      statements: [allow({ Action: 'ElasticLoadBalancing:registertargets' })],
      want: true,
    },
    { name: 'another action', statements: [allow({ Action: 'ec2:*' })], want: false },
    {
      name: 'a wildcard',
      statements: [allow({ Action: ['ec2:*', 'elasticloadbalancing:Register*'] })],
      want: true,
    },
    { name: 'all but the action', statements: [allow({ NotAction: 'elasticloadbalancing:*' })], want: false },
    { name: 'all but another', statements: [allow({ NotAction: 'ec2:*' })], want: true },
    { name: 'a resource', statements: [allow({ Action: '*', Resource: '*:targetgroup/web/?' })], want: true },
    {
      name: 'a resource in another case',
      statements: [allow({ Action: '*', Resource: '*:targetgroup/WEB/*' })],
      want: false,
    },
    {
      name: 'all but the resource',
      statements: [allow({ Action: '*', NotResource: '*/web/*' })],
      want: false,
    },
    {
      name: 'a denial besides',
      statements: [allow({ Action: '*' }), deny({ Action: '*:Register*' })],
      want: false,
    },
    {
      name: 'a denial of others',
      statements: [allow({ Action: '*' }), deny({ Action: 'ec2:*' })],
      want: true,
    },
    { name: 'everybody', statements: [allow({ Principal: '*', Action: '*' })], want: true },
    {
      name: 'the account',
      statements: [allow({ Principal: { AWS: '000000000000' }, Action: '*' })],
      want: true,
    },
    {
      name: 'its root',
      statements: [allow({ Principal: { AWS: 'arn:aws:iam::000000000000:root' } })],
      want: true,
    },
    {
      name: 'the role',
      statements: [allow({ Principal: { AWS: ['x', 'arn:aws:iam::000000000000:role/reader'] } })],
      want: true,
    },
    {
      name: 'another role',
      statements: [allow({ Principal: { AWS: 'arn:aws:iam::000000000000:role/other' } })],
      want: false,
    },
    {
      name: 'a service only',
      statements: [allow({ Principal: { Service: 'lambda.amazonaws.com' } })],
      want: false,
    },
    { name: 'a condition that holds', statements: [allow(on('ArnLike', '*:rule/t*'))], want: true },
    {
      name: 'a condition of several values',
      statements: [allow(on('StringLike', ['x', '*:rule/tick']))],
      want: true,
    },
    { name: 'a condition that fails', statements: [allow(on('ArnLike', '*:rule/other'))], want: false },
    { name: 'a negated condition', statements: [allow(on('StringNotLike', '*:rule/other'))], want: true },
    { name: 'an unknown operator', statements: [allow(on('IpAddress', '10.0.0.0/8'))], want: false },
    {
      name: 'a condition on what is missing',
      statements: [allow({ Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })],
      want: false,
    },
    {
      name: 'the same, if it exists',
      statements: [allow({ Condition: { StringEqualsIfExists: { 'sts:ExternalId': 'x' } } })],
      want: true,
    },
  ];
  test.each(cases)('$name: $want', ({ statements, want }) => {
    expect(allows(statements, request)).toBe(want);
  });

  test('name a service as their principal', () => {
    const statements = [allow({ Principal: { Service: ['events.amazonaws.com', 'lambda.amazonaws.com'] } })];

    expect(allows(statements, { ...request, principal: { service: 'events.amazonaws.com' } })).toBe(true);
    expect(allows(statements, { ...request, principal: { service: 'apigateway.amazonaws.com' } })).toBe(
      false,
    );
  });

  test('name everybody in either spelling, services among them', () => {
    const asked = { ...request, principal: { service: 'cloudwatch.amazonaws.com' } };
    for (const Principal of ['*' as const, { AWS: '*' }]) {
      expect(allows([allow({ Principal })], asked)).toBe(true);
      expect(allows([allow({ Principal })], request)).toBe(true);
    }
  });
});
