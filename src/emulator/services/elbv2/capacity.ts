import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operations } from '../../core/service.ts';
import { findLoadBalancer } from './lookup.ts';

/** A load balancer may lower its reserved capacity so many times a day. */
const decreasesPerDay = 2;

export const capacity: Operations<ElasticLoadBalancingV2> = {
  /** No load balancer here reserves any. */
  DescribeCapacityReservation({ LoadBalancerArn }, { cell }) {
    findLoadBalancer(cell, LoadBalancerArn);
    return { DecreaseRequestsRemaining: decreasesPerDay, CapacityReservationState: [] };
  },
};
