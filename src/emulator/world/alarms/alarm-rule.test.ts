import { describe, expect, it } from 'vitest';
import { alarmsIn, holds, parseAlarmRule } from './alarm-rule.ts';

const states = { a: 'ALARM', b: 'OK', 'c (1)': 'INSUFFICIENT_DATA' } as const;
const stateOf = (alarm: string) => (states as Record<string, 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'>)[alarm];

describe('a rule of a composite alarm', () => {
  it.each([
    ['ALARM(a)', true],
    ['ALARM("a")', true],
    ['OK(a)', false],
    ['INSUFFICIENT_DATA("c (1)")', true],
    ['NOT OK(b)', false],
    ['ALARM(a) AND OK(b)', true],
    ['ALARM(b) OR OK(b)', true],
    ['ALARM(a) OR ALARM(b) AND ALARM(b)', true],
    ['(ALARM(a) OR ALARM(b)) AND ALARM(b)', false],
    ['NOT (ALARM(b) OR FALSE)', true],
    ['ALARM(a) and not OK(a)', true],
    ['TRUE', true],
  ])('%s is %s', (text, want) => {
    expect(holds(parseAlarmRule(text), stateOf)).toBe(want);
  });

  it('names alarms', () => {
    expect(alarmsIn(parseAlarmRule('ALARM(a) AND NOT (OK("b") OR TRUE)'))).toEqual(['a', 'b']);
  });

  it.each([
    '',
    'ALARM(a',
    'ALARM(a) ALARM(b)',
    'ALARM(a) AND',
    '(ALARM(a)',
    'RINGS(a)',
    'ALARM(a) & OK(b)',
    'ALARM()',
  ])('%j is refused', (text) => {
    expect(() => parseAlarmRule(text)).toThrow(SyntaxError);
  });
});
