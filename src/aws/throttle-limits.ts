import type { BucketSize } from './token-bucket.ts';

/** A bucket of AWS's, and the operations that draw on it. */
export interface ThrottleLimit extends BucketSize {
  name: string;
  covers: RegExp;
}

/**
 * AWS's buckets, each for one account and region, as far as this program calls what they cover. EC2's are documented
 * for categories of actions; here all of a category draw on one, which is never more than is allowed.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/load-balancer-api-throttling.html
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export const throttleLimits: { ec2: readonly ThrottleLimit[]; elbv2: readonly ThrottleLimit[] } = {
  ec2: [
    { name: 'describe', covers: /^(Describe|Get)/, burst: 100, perSecond: 20 },
    { name: 'rules', covers: /^(Authorize|Revoke)SecurityGroupIngress$/, burst: 50, perSecond: 5 },
    { name: 'prefix-lists', covers: /^ModifyManagedPrefixList$/, burst: 50, perSecond: 5 },
  ],
  elbv2: [
    { name: 'describe', covers: /^Describe/, burst: 40, perSecond: 10 },
    { name: 'targets', covers: /^(Register|Deregister)Targets$/, burst: 20, perSecond: 4 },
  ],
};
