import { describe, expect, it } from 'vitest';
import { classify, explain } from './errors.ts';

const named = (name: string, message = 'what AWS said') => Object.assign(new Error(message), { name });

describe('classify', () => {
  it.each([
    ['ThrottlingException', 'throttled'],
    ['RequestLimitExceeded', 'throttled'],
    ['PriorRequestNotCompleteException', 'throttled'],
    ['TargetGroupNotFoundException', 'not-found'],
    ['LoadBalancerNotFoundException', 'not-found'],
    ['InvalidPermission.NotFound', 'not-found'],
    ['InvalidPermission.Duplicate', 'duplicate'],
    ['TooManyTargetsException', 'full'],
    ['RulesPerSecurityGroupLimitExceeded', 'full'],
    ['PrefixListMaxEntriesExceeded', 'full'],
    ['TooManyRegistrationsForTargetIdException', 'over-registered'],
    ['PrefixListVersionMismatch', 'conflict'],
    ['IncorrectState', 'busy'],
    ['UnauthorizedOperation', 'access-denied'],
    ['AccessDeniedException', 'access-denied'],
    ['ExpiredTokenException', 'access-denied'],
    ['TimeoutError', 'timeout'],
    ['HealthUnavailableException', 'unavailable'],
    ['ValidationError', 'invalid'],
    ['SomethingNew', 'other'],
  ])('takes %s for %s', (name, kind) => {
    expect(classify(named(name))).toBe(kind);
  });

  it('goes by the code where the name says nothing', () => {
    expect(classify(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe('unreachable');
  });

  it('tells a wrong zone from other invalid input (FM11)', () => {
    const message =
      "The IP address '10.0.0.1' is within the VPC, and cannot have its Availability Zone overridden to 'all'";
    expect(classify(named('ValidationError', message))).toBe('zone-mismatch');
  });

  it('takes what it does not know for unavailable when the server failed', () => {
    expect(classify(Object.assign(named('Odd'), { $metadata: { httpStatusCode: 503 } }))).toBe('unavailable');
  });

  it.each([undefined, null, 'text', 7])('takes %j for other', (thrown) => {
    expect(classify(thrown)).toBe('other');
  });
});

describe('explain', () => {
  it('says what was attempted, what AWS said and what to do', () => {
    expect(explain('ec2:DescribeVpcs', named('UnauthorizedOperation', 'You are not authorized'))).toBe(
      'ec2:DescribeVpcs failed: UnauthorizedOperation: You are not authorized; allow this action in the role that albridge runs with',
    );
  });
});
