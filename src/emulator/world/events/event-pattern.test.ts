import { describe, expect, test } from 'vitest';
import { matchesPattern, parseEventPattern } from './event-pattern.ts';

const event = {
  source: 'aws.ec2',
  'detail-type': 'AWS API Call via CloudTrail',
  resources: ['arn:one', 'arn:two'],
  detail: {
    eventName: 'CreateNetworkInterface',
    errorCode: null,
    dryRun: false,
    count: 3,
    requestParameters: { description: 'ELB app/web/0123456789abcdef' },
  },
};

describe('an event pattern', () => {
  const cases = [
    { name: 'one of several values', pattern: { source: ['aws.s3', 'aws.ec2'] }, want: true },
    { name: 'none of the values', pattern: { source: ['aws.s3'] }, want: false },
    { name: 'every field', pattern: { source: ['aws.ec2'], detail: { count: [3] } }, want: true },
    { name: 'one field of two', pattern: { source: ['aws.ec2'], detail: { count: [4] } }, want: false },
    { name: 'a number, not its text', pattern: { detail: { count: ['3'] } }, want: false },
    { name: 'null', pattern: { detail: { errorCode: [null] } }, want: true },
    { name: 'false', pattern: { detail: { dryRun: [false] } }, want: true },
    { name: 'a member of an array', pattern: { resources: ['arn:two'] }, want: true },
    {
      name: 'a prefix',
      pattern: { detail: { requestParameters: { description: [{ prefix: 'ELB app/' }] } } },
      want: true,
    },
    { name: 'another prefix', pattern: { source: [{ prefix: 'ec2' }] }, want: false },
    { name: 'a suffix', pattern: { source: [{ suffix: '.ec2' }] }, want: true },
    { name: 'anything but a value', pattern: { source: [{ 'anything-but': 'aws.s3' }] }, want: true },
    { name: 'anything but this value', pattern: { source: [{ 'anything-but': ['aws.ec2'] }] }, want: false },
    {
      name: 'anything but a prefix',
      pattern: { source: [{ 'anything-but': { prefix: 'aws.' } }] },
      want: false,
    },
    { name: 'anything but, of a missing field', pattern: { other: [{ 'anything-but': 'x' }] }, want: false },
    { name: 'a field that exists', pattern: { detail: { errorCode: [{ exists: true }] } }, want: true },
    { name: 'a field that does not', pattern: { detail: { errorMessage: [{ exists: false }] } }, want: true },
    { name: 'below what is missing', pattern: { detail: { other: { field: ['x'] } } }, want: false },
    { name: 'absence below what is missing', pattern: { other: { field: [{ exists: false }] } }, want: true },
  ];
  test.each(cases)('matches $name: $want', ({ pattern, want }) => {
    expect(matchesPattern(parseEventPattern(JSON.stringify(pattern)), event)).toBe(want);
  });

  const refused = [
    { name: 'no JSON', text: '{' },
    { name: 'an array', text: '[]' },
    { name: 'no fields', text: '{}' },
    { name: 'no values', text: '{"source":[]}' },
    { name: 'a bare value', text: '{"source":"aws.ec2"}' },
    { name: 'an unknown match', text: '{"source":[{"wildcard":"*"}]}' },
  ];
  test.each(refused)('with $name is refused', ({ text }) => {
    expect(() => parseEventPattern(text)).toThrow(/^Event pattern is not valid\. Reason: /);
  });
});
