import { setTimeout as delay } from 'node:timers/promises';
import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** Between two looks at the target group, in real milliseconds. */
const pollInterval = 100;

/** Resolves when the target group has a healthy target: from then on requests pass. */
export async function healthyTarget(
  elbv2: ElasticLoadBalancingV2Client,
  targetGroupArn: string,
): Promise<void> {
  for (;;) {
    const { TargetHealthDescriptions = [] } = await elbv2.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
    );
    if (TargetHealthDescriptions.some(({ TargetHealth }) => TargetHealth?.State === 'healthy')) return;
    await delay(pollInterval);
  }
}
