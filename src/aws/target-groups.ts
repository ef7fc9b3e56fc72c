import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { coalesced } from './coalesced.ts';
import { perClient } from './per-client.ts';
import { readById } from './read-by-id.ts';

/** As many as a call takes of load balancers; the documentation gives no number for target groups. */
const most = 20;

/** The target group with an ARN; all that are asked for together share their calls, and each is described once. */
export const targetGroupByArn: (
  elbv2: ElasticLoadBalancingV2Client,
) => (arn: string) => Promise<TargetGroup | undefined> = perClient((elbv2) => {
  const read = async (TargetGroupArns: string[]): Promise<TargetGroup[]> => {
    const { TargetGroups } = await elbv2.send(new DescribeTargetGroupsCommand({ TargetGroupArns }));
    return TargetGroups ?? [];
  };
  const idOf = ({ TargetGroupArn }: TargetGroup): string | undefined => TargetGroupArn;
  return coalesced({ idOf: String, read: (arns) => readById(arns, { most, read, idOf }) });
});
