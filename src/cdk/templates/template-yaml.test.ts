// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub writes its variables so
import { expect, test } from 'vitest';
import { parseYaml } from '../../emulator/cloudformation/template/yaml.ts';
import { templateYaml } from './template-yaml.ts';

const written = (value: unknown): string => {
  const text = templateYaml({ Resources: { A: { Type: 'T', Properties: { P: value } } } });
  return text.slice(text.indexOf('P: ') + 3).trimEnd();
};

test.each<{ name: string; value: unknown; want: string }>([
  { name: 'Ref', value: { Ref: 'B' }, want: '!Ref B' },
  { name: 'an attribute', value: { 'Fn::GetAtt': ['B', 'Arn'] }, want: '!GetAtt B.Arn' },
  {
    name: 'functions within a list',
    value: { 'Fn::If': ['C', { Ref: 'B' }, ''] },
    want: "!If [C, !Ref B, '']",
  },
  { name: 'a join of references', value: { 'Fn::Join': ['', ['a-', { Ref: 'B' }]] }, want: '!Sub a-${B}' },
  { name: 'a join with a delimiter', value: { 'Fn::Join': [',', ['a', 'b']] }, want: "!Join [',', [a, b]]" },
  {
    name: 'a join of functions',
    value: { 'Fn::Join': ['', ['a', { 'Fn::If': ['C', 'b', 'c'] }]] },
    want: "!Join ['', [a, !If [C, b, c]]]",
  },
  {
    name: 'text that Fn::Sub would take for a variable',
    value: { 'Fn::Join': ['', ['${x}', { Ref: 'B' }]] },
    want: '!Sub ${!x}${B}',
  },
  { name: 'a date of YAML 1.1', value: '2012-10-17', want: "'2012-10-17'" },
  { name: 'truth of YAML 1.1', value: 'on', want: "'on'" },
  { name: 'a number that is text', value: '404', want: "'404'" },
  { name: 'a number', value: 404, want: '404' },
  { name: 'lines', value: 'a\nb', want: '|-\n        a\n        b' },
])('writes $name', ({ value, want }) => {
  expect(written(value)).toBe(want);
});

test.each<{ name: string; value: unknown }>([
  { name: 'a function whose argument is one', value: { 'Fn::GetAZs': { Ref: 'AWS::Region' } } },
  { name: 'a function of rules', value: { 'Fn::EachMemberIn': [['a'], { 'Fn::ValueOf': ['P', 'VpcId'] }] } },
  { name: 'variables of Fn::Sub', value: { 'Fn::Sub': ['${V}', { V: { 'Fn::Select': [0, ['a']] } }] } },
  {
    name: 'conditions of a policy',
    value: { Condition: { Bool: { 'aws:SecureTransport': 'false' } }, Effect: 'Deny' },
  },
  { name: 'what YAML has signs for', value: ['*', '&a', '!b', '{c}', '- d', 'e: f', '#g', '%h', ' i ', ''] },
  { name: 'a list too long for a line', value: Array.from({ length: 30 }, (_, index) => `item ${index}`) },
])('writes $name so that it is read the same', ({ value }) => {
  const template = { Resources: { A: { Type: 'T', Properties: { P: value } } } };
  expect(parseYaml(templateYaml(template))).toEqual({ ...template, Parameters: {} });
});

test('puts what a reader needs first first', () => {
  const text = templateYaml({
    Outputs: { O: { Value: 1 } },
    Resources: { A: { Properties: { P: 1 }, Condition: 'C', Type: 'T' } },
    Conditions: { C: { 'Fn::Equals': [1, 1] } },
    Parameters: { Count: { AllowedValues: ['1', '2'], Default: 1, Type: 'Number', Description: 'a number' } },
    Description: 'a template',
  });
  expect(text).toBe(`Description: a template

Parameters:
  Count:
    Type: Number
    Description: a number
    Default: 1
    AllowedValues: [1, 2]

Conditions:
  C: !Equals [1, 1]

Resources:
  A:
    Type: T
    Condition: C
    Properties:
      P: 1

Outputs:
  O:
    Value: 1
`);
});
