import { describe, expect, it } from 'vitest';
import { evaluateWhole } from './dynamic-references.ts';
import type { Scope } from './intrinsics.ts';

const scope = {
  ref: () => '/port',
  storedValue: (reference: string) => `<${reference}>`,
} as unknown as Scope;

describe('evaluateWhole', () => {
  it.each([
    { name: 'a value', value: { A: ['{{resolve:ssm:/port}}'] }, want: { A: ['</port>'] } },
    { name: 'a version', value: '{{resolve:ssm:/port:2}}', want: '</port:2>' },
    { name: 'a secret', value: '{{resolve:ssm-secure:/port}}', want: '</port>' },
    { name: 'several in a text', value: '{{resolve:ssm:a}}-{{resolve:ssm:b}}', want: '<a>-<b>' },
    {
      name: 'what functions put together',
      value: { 'Fn::Join': ['', ['{{resolve:ssm:', { Ref: 'P' }, '}}']] },
      want: '</port>',
    },
    { name: 'numbers and braces', value: { A: 1, B: '{{x}}' }, want: { A: 1, B: '{{x}}' } },
  ])('resolves $name', ({ value, want }) => {
    expect(evaluateWhole(value, scope)).toEqual(want);
  });

  it('refuses another service', () => {
    expect(() => evaluateWhole('{{resolve:secretsmanager:s}}', scope)).toThrow(
      'dynamic references to secretsmanager are not supported',
    );
  });
});
