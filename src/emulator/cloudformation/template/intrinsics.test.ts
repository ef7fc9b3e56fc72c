// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub writes its variables so
import { describe, expect, it } from 'vitest';
import { evaluate, type Scope } from './intrinsics.ts';

const scope: Scope = {
  ref: (name) => ({ Name: 'web', Count: 2, Subnets: ['subnet-1', 'subnet-2'] })[name],
  attribute: (logicalId, attribute) =>
    attribute === 'Rules' ? [{ FromPort: 80 }] : `${logicalId}/${attribute}`,
  parameterAttribute: (parameter, attribute) => [`${attribute} of ${parameter}`],
  condition: (name) => name === 'Yes',
  mapping: (...keys) => keys.join('/'),
  availabilityZones: (region) => [`${region || 'here'}-a`, `${region || 'here'}-b`],
  importedValue: (name) => `imported ${name}`,
  storedValue: (reference) => `stored ${reference}`,
};

const noValue = { Ref: 'AWS::NoValue' };

describe('evaluate', () => {
  it.each([
    {
      name: 'leaves what holds no function',
      value: { A: [1, 'b', { C: true }] },
      want: { A: [1, 'b', { C: true }] },
    },
    { name: 'resolves Ref to text', value: { Ref: 'Name' }, want: 'web' },
    {
      name: 'resolves Ref to a list',
      value: { S: { Ref: 'Subnets' } },
      want: { S: ['subnet-1', 'subnet-2'] },
    },
    {
      name: 'resolves Fn::GetAtt of a list',
      value: { 'Fn::GetAtt': ['Alb', 'DNSName'] },
      want: 'Alb/DNSName',
    },
    {
      name: 'resolves Fn::GetAtt with a dot',
      value: { 'Fn::GetAtt': 'Alb.Nested.Name' },
      want: 'Alb/Nested.Name',
    },
    {
      name: 'keeps the structure of an attribute',
      value: { 'Fn::GetAtt': 'Nlb.Rules' },
      want: [{ FromPort: 80 }],
    },
    {
      name: 'substitutes names and attributes',
      value: { 'Fn::Sub': '${Name}:${Alb.Arn}' },
      want: 'web:Alb/Arn',
    },
    { name: 'substitutes numbers', value: { 'Fn::Sub': 'n=${Count}' }, want: 'n=2' },
    {
      name: 'substitutes given variables first',
      value: { 'Fn::Sub': ['${Name}', { Name: { Ref: 'Count' } }] },
      want: '2',
    },
    {
      name: 'keeps literals of Fn::Sub',
      value: { 'Fn::Sub': '${!Name} $Name {Name}' },
      want: '${Name} $Name {Name}',
    },
    { name: 'joins', value: { 'Fn::Join': [',', ['a', { Ref: 'Count' }]] }, want: 'a,2' },
    {
      name: 'joins what a function lists',
      value: { 'Fn::Join': ['-', { Ref: 'Subnets' }] },
      want: 'subnet-1-subnet-2',
    },
    { name: 'joins without AWS::NoValue', value: { 'Fn::Join': [',', ['a', noValue, 'b']] }, want: 'a,b' },
    { name: 'splits', value: { 'Fn::Split': ['/', 'a/b'] }, want: ['a', 'b'] },
    { name: 'selects', value: { 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b'] }] }, want: 'b' },
    {
      name: 'chooses the first where the condition holds',
      value: { 'Fn::If': ['Yes', 'a', 'b'] },
      want: 'a',
    },
    {
      name: 'chooses the second where it does not',
      value: { 'Fn::If': ['No', 'a', { Ref: 'Name' }] },
      want: 'web',
    },
    {
      name: 'removes properties of no value',
      value: { A: 1, B: { 'Fn::If': ['No', 2, noValue] } },
      want: { A: 1 },
    },
    { name: 'removes members of no value', value: [1, { 'Fn::If': ['Yes', noValue, 2] }], want: [1] },
    { name: 'is undefined where all is no value', value: noValue, want: undefined },
    { name: 'finds in maps', value: { 'Fn::FindInMap': ['M', { Ref: 'Name' }, 'k'] }, want: 'M/web/k' },
    { name: 'gets zones of here', value: { 'Fn::GetAZs': '' }, want: ['here-a', 'here-b'] },
    { name: 'encodes UTF-8 in base 64', value: { 'Fn::Base64': 'é' }, want: 'w6k=' },
    {
      name: 'cuts blocks',
      value: { 'Fn::Cidr': ['10.0.0.0/16', 2, '8'] },
      want: ['10.0.0.0/24', '10.0.1.0/24'],
    },
    { name: 'imports', value: { 'Fn::ImportValue': { 'Fn::Sub': '${Name}-x' } }, want: 'imported web-x' },
    {
      name: 'asks about parameters',
      value: { 'Fn::ValueOf': ['SubnetIds', 'VpcId'] },
      want: ['VpcId of SubnetIds'],
    },
  ])('$name', ({ value, want }) => {
    expect(evaluate(value, scope)).toEqual(want);
  });

  it.each([
    {
      value: { 'Fn::Select': [5, ['a']] },
      want: 'Template error: Fn::Select cannot select nonexistent value at index 5',
    },
    { value: { 'Fn::Select': ['a'] }, want: 'Fn::Select requires a list argument with two elements' },
    { value: { 'Fn::Join': ['a'] }, want: 'every Fn::Join object requires two parameters' },
    { value: { 'Fn::Split': [',', ['a']] }, want: 'every Fn::Split object requires two parameters' },
    { value: { 'Fn::If': ['Yes', 1] }, want: 'Fn::If requires a list argument with three elements' },
    { value: { 'Fn::GetAtt': 'Alb' }, want: 'every Fn::GetAtt object requires two non-empty parameters' },
    { value: { 'Fn::Sub': { Ref: 'Name' } }, want: "don't specify expected arguments" },
    { value: { 'Fn::Sub': '${Subnets}' }, want: 'Fn::Sub requires a string, got ["subnet-1","subnet-2"]' },
    {
      value: { 'Fn::Cidr': ['10.0.0.0/24', 4, 8] },
      want: 'Fn::Cidr cannot give 4 blocks of 8 bits within 10.0.0.0/24',
    },
    { value: { 'Fn::Upper': 'a' }, want: 'Encountered unsupported function: Fn::Upper' },
  ])('refuses $value', ({ value, want }) => {
    expect(() => evaluate(value, scope)).toThrow(want);
  });
});
