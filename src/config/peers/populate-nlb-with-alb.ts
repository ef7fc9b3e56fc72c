import { type Peer, targetGroupName } from './peer.ts';
import { switchOf } from './switch.ts';

/** AWS's `populate_NLB_TG_with_ALB`, version 1 or 2: an ALB's DNS name into an NLB's target group. */
export const populateNlbWithAlb: Peer = {
  name: 'populate_NLB_TG_with_ALB',
  required: ['ALB_DNS_NAME', 'ALB_LISTENER', 'NLB_TG_ARN'],
  unused: {
    S3_BUCKET: 'no state is kept',
    MAX_LOOKUP_PER_INVOCATION: 'a name is looked up until nothing new appears',
    INVOCATIONS_BEFORE_DEREGISTRATION: 'a target goes once enough of the others are healthy',
  },
  binding: (variables) => ({
    name: targetGroupName(variables.NLB_TG_ARN, 'populate'),
    source: { type: 'dns', name: variables.ALB_DNS_NAME ?? '' },
    sink: {
      type: 'target-group',
      arn: variables.NLB_TG_ARN ?? '',
      port: Number(variables.ALB_LISTENER),
      ...(switchOf(variables, 'SAME_VPC', true) ? {} : { availabilityZone: 'all' }),
    },
    policy: { mode: 'sync' },
  }),
  warnings: (variables) =>
    switchOf(variables, 'CW_METRIC_FLAG_IP_COUNT', false)
      ? [
          'CW_METRIC_FLAG_IP_COUNT: the metric LoadBalancerIPCount in AWS/ApplicationELB is not published; use Desired in albridge, by the dimension Binding',
        ]
      : [],
};
