import {
  DescribeLoadBalancersCommand,
  type DescribeLoadBalancersCommandInput,
  type ElasticLoadBalancingV2Client,
  type LoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { coalesced } from './coalesced.ts';
import { perClient } from './per-client.ts';
import { readById } from './read-by-id.ts';

/** The most that a call takes. */
const most = 20;

type Describe = (id: string) => Promise<LoadBalancer | undefined>;

/** The load balancer with an ARN; all that are asked for together share their calls. */
export const loadBalancerByArn: (elbv2: ElasticLoadBalancingV2Client) => Describe = perClient((elbv2) =>
  describe(
    elbv2,
    (LoadBalancerArns) => ({ LoadBalancerArns }),
    ({ LoadBalancerArn }) => LoadBalancerArn,
  ),
);

/** The load balancer with a name, likewise. */
export const loadBalancerByName: (elbv2: ElasticLoadBalancingV2Client) => Describe = perClient((elbv2) =>
  describe(
    elbv2,
    (Names) => ({ Names }),
    ({ LoadBalancerName }) => LoadBalancerName,
  ),
);

function describe(
  elbv2: ElasticLoadBalancingV2Client,
  asked: (ids: string[]) => DescribeLoadBalancersCommandInput,
  idOf: (found: LoadBalancer) => string | undefined,
): Describe {
  const read = async (ids: string[]): Promise<LoadBalancer[]> => {
    const { LoadBalancers } = await elbv2.send(new DescribeLoadBalancersCommand(asked(ids)));
    return LoadBalancers ?? [];
  };
  return coalesced({ idOf: String, read: (ids) => readById(ids, { most, read, idOf }) });
}
