import { asJson, type Json } from './json.ts';
import type { Hint } from './trigger.ts';

const elb = 'elasticloadbalancing.amazonaws.com';

/** What an event of EventBridge hints at; undefined for what is none, and for one that the schedule sent. */
export function bridgeHint(event: Json): Hint | undefined {
  const { source, 'detail-type': detailType } = event;
  if (typeof source !== 'string' || typeof detailType !== 'string' || source === 'aws.events')
    return undefined;
  if (source === 'aws.rds') return { about: 'database' };
  return interfaceHint(asJson(event.detail)) ?? { about: 'anything' };
}

/** A load balancer's own call to EC2, as CloudTrail tells it. */
function interfaceHint(detail: Json): Hint | undefined {
  const { eventSource, eventName, sourceIPAddress } = detail;
  const isByLoadBalancer = sourceIPAddress === elb || asJson(detail.userIdentity).invokedBy === elb;
  if (eventSource !== 'ec2.amazonaws.com' || !isByLoadBalancer) return undefined;
  if (eventName === 'DeleteNetworkInterface') return { about: 'interface', change: 'deleted' };
  if (eventName !== 'CreateNetworkInterface') return undefined;
  const { description } = asJson(detail.requestParameters);
  return {
    about: 'interface',
    change: 'created',
    description: typeof description === 'string' ? description : undefined,
  };
}
