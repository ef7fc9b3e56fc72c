import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { Operations } from '../../core/service.ts';
import { findGroup } from './lookup.ts';

/** Groups here have none of these; clients ask before they change or delete a group. */
export const lifecycle: Operations<AutoScaling> = {
  DescribeLifecycleHooks({ AutoScalingGroupName }, { cell }) {
    findGroup(cell, AutoScalingGroupName);
    return { LifecycleHooks: [] };
  },
  DescribeWarmPool({ AutoScalingGroupName }, { cell }) {
    findGroup(cell, AutoScalingGroupName);
    return { Instances: [] };
  },
  DescribeInstanceRefreshes({ AutoScalingGroupName }, { cell }) {
    findGroup(cell, AutoScalingGroupName);
    return { InstanceRefreshes: [] };
  },
};
