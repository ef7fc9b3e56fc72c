// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub writes its variables so
import { describe, expect, it } from 'vitest';
import { parseTemplate } from './parse.ts';

const resource = { Nothing: { Type: 'AWS::CDK::Metadata' } };

describe('parseTemplate', () => {
  it('reads the short forms of YAML as functions', () => {
    const { Resources } = parseTemplate(`
      Resources:
        Rule:
          Type: AWS::Events::Rule
          Condition: Wanted
          Properties:
            Name: !Sub "\${AWS::StackName}-rule"
            Arn: !GetAtt Function.Arn
            Port: 80
            Enabled: true
            Version: 2012-10-17
            Zone: !Select [0, !GetAZs ""]
            Targets:
              - !If [Wanted, { Id: a }, !Ref AWS::NoValue]
      Conditions:
        Wanted: !Not [!Condition Other]
        Other: !Equals [a, b]
    `);
    expect(Resources.Rule).toEqual({
      Type: 'AWS::Events::Rule',
      Condition: 'Wanted',
      Properties: {
        Name: { 'Fn::Sub': '${AWS::StackName}-rule' },
        Arn: { 'Fn::GetAtt': 'Function.Arn' },
        Port: 80,
        Enabled: true,
        Version: '2012-10-17',
        Zone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
        Targets: [{ 'Fn::If': ['Wanted', { Id: 'a' }, { Ref: 'AWS::NoValue' }] }],
      },
    });
  });

  it.each([
    {
      name: 'JSON that is not',
      text: '{"Resources": ',
      want: 'Template format error: JSON not well-formed.',
    },
    { name: 'YAML that is not', text: 'Resources: [', want: 'Template format error: YAML not well-formed.' },
    { name: 'text', text: 'hello', want: 'Template format error: unsupported structure.' },
    { name: 'no resources', template: {}, want: 'At least one Resources member must be defined.' },
    {
      name: 'a section unknown',
      template: { Resources: resource, Rsources: {} },
      want: 'Invalid template property or properties [Rsources]',
    },
    {
      name: 'a resource without a type',
      template: { Resources: { A: {} } },
      want: '[/Resources/A] Every Resources object must contain a Type member.',
    },
    {
      name: 'an attribute unknown',
      template: { Resources: { A: { Type: 'T', Propertys: {} } } },
      want: "Invalid template resource property 'Propertys'",
    },
    {
      name: 'a name with a dash',
      template: { Resources: { 'A-B': { Type: 'T' } } },
      want: 'Resource name A-B is non alphanumeric.',
    },
    {
      name: 'a policy unknown',
      template: { Resources: { A: { Type: 'T', DeletionPolicy: 'Keep' } } },
      want: 'Unrecognized DeletionPolicy Keep for resource A',
    },
    {
      name: 'an unknown type of parameter',
      template: { Resources: resource, Parameters: { P: { Type: 'Text' } } },
      want: 'Unrecognized parameter type: Text',
    },
    {
      name: 'an output without a value',
      template: { Resources: resource, Outputs: { O: {} } },
      want: 'Output O is malformed',
    },
    {
      name: 'a transform',
      template: { Resources: resource, Transform: 'AWS::Serverless-2016-10-31' },
      want: 'Transforms are not supported by this local AWS: [AWS::Serverless-2016-10-31]',
    },
  ])('refuses $name', ({ text, template, want }) => {
    expect(() => parseTemplate(text ?? JSON.stringify(template))).toThrow(want);
  });
});
