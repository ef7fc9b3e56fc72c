import { describe, expect, it } from 'vitest';
import { interfaceDescription, parseLoadBalancerArn, parseTargetGroupArn } from './arn.ts';

describe('parseLoadBalancerArn', () => {
  it('reads application and network load balancers of any partition', () => {
    const arn =
      'arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:loadbalancer/net/edge/0123456789abcdef';
    expect(parseLoadBalancerArn(arn)).toEqual({
      arn,
      region: 'cn-north-1',
      account: '123456789012',
      type: 'net',
      name: 'edge',
      suffix: 'net/edge/0123456789abcdef',
    });
  });

  it.each([
    'web',
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/gwy/gate/0123456789abcdef',
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/classic',
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/0123456789abcdef/0123456789abcdef',
  ])('refuses %s', (arn) => {
    expect(parseLoadBalancerArn(arn)).toBeUndefined();
  });
});

describe('interfaceDescription', () => {
  it('is exactly what EC2 writes (FM4)', () => {
    const arn = parseLoadBalancerArn(
      'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789abcdef',
    );
    expect(arn && interfaceDescription(arn)).toBe('ELB app/web/0123456789abcdef');
  });
});

describe('parseTargetGroupArn', () => {
  it('reads region and name', () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/group/0123456789abcdef';
    expect(parseTargetGroupArn(arn)).toMatchObject({ region: 'eu-west-1', name: 'group' });
  });
});
