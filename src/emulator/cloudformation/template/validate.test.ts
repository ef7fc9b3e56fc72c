// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub writes its variables so
import { describe, expect, it } from 'vitest';
import { parseTemplate } from './parse.ts';
import { validateTemplate } from './validate.ts';

function validate(template: object): void {
  validateTemplate(parseTemplate(JSON.stringify(template)));
}

const using = (value: unknown) => ({
  Resources: { A: { Type: 'T', Properties: { P: value } }, B: { Type: 'T' } },
});

describe('validateTemplate', () => {
  it('takes references to parameters, pseudo parameters, resources and variables', () => {
    validate({
      Parameters: { P: { Type: 'String' } },
      ...using([
        { Ref: 'P' },
        { Ref: 'AWS::Region' },
        { 'Fn::Sub': ['${V}-${B}-${B.Arn}-${!X}', { V: { Ref: 'P' } }] },
      ]),
    });
  });

  it.each([
    {
      name: 'Ref',
      template: using({ Ref: 'X' }),
      want: 'Unresolved resource dependencies [X] in the Resources block',
    },
    {
      name: 'Fn::Sub',
      template: using({ 'Fn::Sub': '${X}' }),
      want: 'Unresolved resource dependencies [X] in the Resources block',
    },
    {
      name: 'Fn::GetAtt',
      template: using({ 'Fn::GetAtt': 'X.Arn' }),
      want: 'instance of Fn::GetAtt references undefined resource X',
    },
    {
      name: 'DependsOn',
      template: { Resources: { A: { Type: 'T', DependsOn: ['X'] } } },
      want: 'Unresolved resource dependencies [X]',
    },
    {
      name: 'an output',
      template: { ...using(1), Outputs: { O: { Value: { Ref: 'X' } } } },
      want: 'Unresolved resource dependencies [X] in the Outputs block',
    },
    { name: 'Fn::If', template: using({ 'Fn::If': ['C', 1, 2] }), want: 'Unresolved condition dependency C' },
    {
      name: 'Condition',
      template: { Resources: { A: { Type: 'T', Condition: 'C' } } },
      want: 'Unresolved condition dependency C',
    },
  ])('refuses what $name cannot find', ({ template, want }) => {
    expect(() => validate(template)).toThrow(want);
  });

  it('names the resources that depend on each other', () => {
    const refer = (name: string) => ({ Type: 'T', Properties: { P: { Ref: name } } });
    const Resources = { A: refer('B'), B: refer('C'), C: refer('A'), D: refer('A'), E: { Type: 'T' } };
    expect(() => validate({ Resources })).toThrow('Circular dependency between resources: [A, B, C]');
  });

  it.each([
    { name: 'Fn::If', assert: { 'Fn::If': ['C', true, false] } },
    { name: 'Fn::Sub', assert: { 'Fn::Equals': [{ 'Fn::Sub': '${P}' }, ''] } },
    { name: 'Condition', assert: { 'Fn::Not': [{ Condition: 'C' }] } },
  ])('has no $name in rules', ({ name, assert }) => {
    const Rules = { Sound: { Assertions: [{ Assert: assert }] } };
    expect(() => validate({ ...using(1), Rules })).toThrow(`functions that rules do not have: [${name}]`);
  });
});
