import { describe, expect, it } from 'vitest';
import { resolveParameters } from './parameters.ts';
import { parseTemplate } from './parse.ts';
import type { ParameterDefinition } from './template.ts';

function templateWith(definition: ParameterDefinition) {
  const Resources = { Nothing: { Type: 'AWS::CDK::Metadata' } };
  return parseTemplate(JSON.stringify({ Parameters: { P: definition }, Resources }));
}

function resolved(definition: ParameterDefinition, value?: string) {
  const given = value === undefined ? [] : [{ ParameterKey: 'P', ParameterValue: value }];
  return resolveParameters(templateWith(definition), given).get('P');
}

describe('resolveParameters', () => {
  it.each([
    { name: 'takes what is given', definition: { Type: 'String', Default: 'a' }, value: 'b', want: 'b' },
    { name: 'takes an empty text', definition: { Type: 'String', Default: 'a' }, value: '', want: '' },
    { name: 'takes the default', definition: { Type: 'Number', Default: 80 }, want: '80' },
    { name: 'splits lists', definition: { Type: 'CommaDelimitedList' }, value: 'a, b', want: ['a', 'b'] },
    {
      name: 'splits typed lists',
      definition: { Type: 'List<AWS::EC2::Subnet::Id>' },
      value: 's-1,s-2',
      want: ['s-1', 's-2'],
    },
    { name: 'leaves a comma in a text', definition: { Type: 'String' }, value: 'a,b', want: 'a,b' },
  ])('$name', ({ definition, value, want }) => {
    expect(resolved(definition, value)?.value).toEqual(want);
  });

  it.each([
    { definition: { Type: 'String' }, want: 'Parameters: [P] must have values' },
    { definition: { Type: 'Number' }, value: 'x', want: "Parameter 'P' must be a number." },
    { definition: { Type: 'List<Number>' }, value: '1,x', want: "Parameter 'P' must be a number." },
    {
      definition: { Type: 'Number', MinValue: 1 },
      value: '0',
      want: "Parameter 'P' must be a number not less than 1",
    },
    {
      definition: { Type: 'Number', MaxValue: 9 },
      value: '10',
      want: "Parameter 'P' must be a number not greater than 9",
    },
    {
      definition: { Type: 'String', MinLength: 2 },
      value: 'a',
      want: "Parameter 'P' must contain at least 2 characters",
    },
    {
      definition: { Type: 'String', MaxLength: 2 },
      value: 'abc',
      want: "Parameter 'P' must contain at most 2 characters",
    },
    {
      definition: { Type: 'String', AllowedValues: ['a'] },
      value: 'b',
      want: "Parameter 'P' must be one of AllowedValues",
    },
    {
      definition: { Type: 'String', AllowedPattern: '[a-z]+' },
      value: 'a1',
      want: "Parameter 'P' must match pattern [a-z]+",
    },
    {
      definition: { Type: 'String', AllowedPattern: 'a', ConstraintDescription: 'must be a' },
      value: 'b',
      want: 'Parameter P failed to satisfy constraint: must be a',
    },
  ])('refuses $value for $definition', ({ definition, value, want }) => {
    expect(() => resolved(definition, value)).toThrow(want);
  });

  it('refuses a parameter that the template has not', () => {
    const given = [{ ParameterKey: 'Q', ParameterValue: '1' }];
    expect(() => resolveParameters(templateWith({ Type: 'String', Default: '' }), given)).toThrow(
      'Parameters: [Q] do not exist in the template',
    );
  });

  it('keeps the previous value where asked to', () => {
    const template = templateWith({ Type: 'String', Default: 'a' });
    const previous = resolveParameters(template, [{ ParameterKey: 'P', ParameterValue: 'b' }]);
    const next = resolveParameters(template, [{ ParameterKey: 'P', UsePreviousValue: true }], previous);
    expect(next.get('P')?.value).toBe('b');
  });

  it.each([
    { type: 'AWS::SSM::Parameter::Value<String>', want: { value: '1,2', stored: '1,2' } },
    {
      type: 'AWS::SSM::Parameter::Value<List<String>>',
      want: { value: ['1', '2'], stored: '1,2' },
    },
    { type: 'AWS::SSM::Parameter::Name', want: { value: '/p' } },
  ])('reads what is stored for $type', ({ type, want }) => {
    const template = templateWith({ Type: type, Default: '/p' });
    const stored = new Map([['/p', '1,2']]);
    const resolved = resolveParameters(template, [], undefined, (name) => stored.get(name));
    expect(resolved.get('P')).toEqual({ text: '/p', noEcho: false, ...want });
  });

  it('refuses the name of what is not stored', () => {
    const template = templateWith({ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/q' });
    expect(() => resolveParameters(template, [])).toThrow(
      'Unable to fetch parameters [/q] from parameter store for this account.',
    );
  });
});
