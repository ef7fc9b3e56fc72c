import { type Peer, targetGroupName, type Variables } from './peer.ts';
import { switchOf } from './switch.ts';

/** `hostname-as-target-for-elastic-load-balancer`: a DNS name into a target group, on the group's own port. */
export const hostnameAsTarget: Peer = {
  name: 'hostname-as-target-for-elastic-load-balancer',
  required: ['TARGET_FQDN', 'ELB_TG_ARN'],
  unused: {
    S3_BUCKET: 'no state is kept',
    BUCKET_REGION: 'no state is kept',
    MAX_LOOKUP_PER_INVOCATION: 'a name is looked up until nothing new appears',
    INVOCATIONS_BEFORE_DEREGISTRATION: 'a target goes once enough of the others are healthy',
  },
  binding: (variables) => ({
    name: targetGroupName(variables.ELB_TG_ARN, 'hostname'),
    source: { type: 'dns', name: variables.TARGET_FQDN ?? '', ...servers(variables) },
    sink: { type: 'target-group', arn: variables.ELB_TG_ARN ?? '' },
    policy: { mode: removesUntracked(variables) ? 'sync' : 'upsert-only' },
  }),
  warnings: (variables) => [
    ...(removesUntracked(variables)
      ? []
      : [
          'REMOVE_UNTRACKED_TG_IP is not true: which targets the function registered itself is not known, so none is ever removed; if the group is for this name alone, set it to true',
        ]),
    ...(switchOf(variables, 'REPORT_IP_COUNT_CW_METRIC', false)
      ? [
          'REPORT_IP_COUNT_CW_METRIC: its metric is not published; use Desired in albridge, by the dimension Binding',
        ]
      : []),
  ],
};

function removesUntracked(variables: Variables): boolean {
  return switchOf(variables, 'REMOVE_UNTRACKED_TG_IP', false);
}

function servers({ DNS_SERVER = '' }: Variables): { servers?: string[] } {
  const given = DNS_SERVER.split(',').flatMap((server) => server.trim() || []);
  return given.length > 0 ? { servers: given } : {};
}
