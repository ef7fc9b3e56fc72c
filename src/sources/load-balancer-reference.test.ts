import { describe, expect, it } from 'vitest';
import type { LoadBalancerArn } from '../aws/arn.ts';
import { parseLoadBalancerArn } from '../aws/arn.ts';
import { queryOf, regionOf } from './load-balancer-reference.ts';

const arnOf = (suffix: string) =>
  `arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/${suffix}`;
const found = (suffix: string) => parseLoadBalancerArn(arnOf(suffix)) as LoadBalancerArn;
const suffix = 'app/web/0123456789abcdef';

describe('queryOf', () => {
  it.each([
    { description: 'web', asked: 'web', name: 'web' },
    { description: '  web ', asked: 'web', name: 'web' },
    { description: suffix, asked: suffix, name: 'web' },
    { description: `ELB ${suffix}`, asked: `ELB ${suffix}`, name: 'web' },
    { description: `ELB   ${suffix}`, asked: `ELB   ${suffix}`, name: 'web' },
    { description: 'ELB net/edge/0123456789abcdef', asked: 'ELB net/edge/0123456789abcdef', name: 'edge' },
    // Not what AWS writes: taken for a name as it is, which then finds none.
    { description: 'app/web', asked: 'app/web', name: 'app/web' },
    { description: 'app/web/1/2', asked: 'app/web/1/2', name: 'app/web/1/2' },
    { description: 'gwy/web/1', asked: 'gwy/web/1', name: 'gwy/web/1' },
    { description: `my ${suffix}`, asked: `my ${suffix}`, name: `my ${suffix}` },
    { description: `my ELB ${suffix}`, asked: `my ELB ${suffix}`, name: `my ELB ${suffix}` },
  ])('asks for $description by the name $name (FM4)', ({ description, asked, name }) => {
    const query = queryOf({ description });
    expect({ asked: query.asked, by: Object.values(query.by).flat() }).toEqual({ asked, by: [name] });
  });

  it('takes no other of the same name for the one that is described (FM4)', () => {
    for (const description of [suffix, `ELB ${suffix}`]) {
      const { matches } = queryOf({ description });
      expect(matches(found(suffix))).toBe(true);
      expect(matches(found('app/web/fedcba9876543210'))).toBe(false);
      expect(matches(found('net/web/0123456789abcdef'))).toBe(false);
    }
  });

  it('takes what a name or an arn finds', () => {
    expect(queryOf({ description: 'web' }).matches(found(suffix))).toBe(true);
    const { asked, by, matches } = queryOf({ arn: arnOf(suffix) });
    expect({ asked, by: Object.values(by).flat() }).toEqual({ asked: arnOf(suffix), by: [arnOf(suffix)] });
    expect(matches(found(suffix))).toBe(true);
  });
});

describe('regionOf', () => {
  it.each([
    { reference: { arn: arnOf(suffix) }, want: 'eu-west-1' },
    { reference: { arn: 'no arn' }, want: undefined },
    { reference: { description: suffix }, want: undefined },
  ])('is $want of $reference', ({ reference, want }) => {
    expect(regionOf(reference)).toBe(want);
  });
});
