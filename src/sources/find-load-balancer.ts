import type {
  LoadBalancer as Description,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { interfaceDescription, parseLoadBalancerArn } from '../aws/arn.ts';
import { classify, explain } from '../aws/errors.ts';
import { loadBalancerByArn, loadBalancerByName } from '../aws/load-balancers.ts';
import { AlbridgeError } from '../engine/errors.ts';
import { type LoadBalancerQuery, type LoadBalancerReference, queryOf } from './load-balancer-reference.ts';

export interface LoadBalancer {
  arn: string;
  type: 'application' | 'network';
  vpcId: string;
  dnsName: string;
  /** `provisioning`, `active`, `active_impaired` or `failed`. */
  state: string;
  subnetIds: readonly string[];
  /** What EC2 writes in the description of its network interfaces. */
  interfaceDescription: string;
}

/** The one load balancer meant; throws where there is none, or AWS cannot say. */
export async function findLoadBalancer(
  elbv2: ElasticLoadBalancingV2Client,
  reference: LoadBalancerReference,
): Promise<LoadBalancer> {
  const query = queryOf(reference);
  const description = await describe(elbv2, query);
  const arn = parseLoadBalancerArn(description?.LoadBalancerArn ?? '');
  if (!description || !arn || !query.matches(arn)) throw notFound(query);
  return loadBalancerOf(description, interfaceDescription(arn));
}

async function describe(
  elbv2: ElasticLoadBalancingV2Client,
  query: LoadBalancerQuery,
): Promise<Description | undefined> {
  try {
    return await ('arn' in query.by
      ? loadBalancerByArn(elbv2)(query.by.arn)
      : loadBalancerByName(elbv2)(query.by.name));
  } catch (error) {
    if (classify(error) === 'not-found') throw notFound(query, error);
    const message = explain(`elasticloadbalancing:DescribeLoadBalancers for '${query.asked}'`, error);
    throw new AlbridgeError('source-unknown', message, { cause: error });
  }
}

function notFound({ asked }: LoadBalancerQuery, cause?: unknown): AlbridgeError {
  const message = `no application or network load balancer is '${asked}' in this account and region; give its exact name or its arn`;
  return new AlbridgeError('source-unknown', message, { cause });
}

function loadBalancerOf(description: Description, interfaceDescription: string): LoadBalancer {
  return {
    arn: description.LoadBalancerArn ?? '',
    type: description.Type === 'network' ? 'network' : 'application',
    vpcId: description.VpcId ?? '',
    dnsName: description.DNSName ?? '',
    state: description.State?.Code ?? 'unknown',
    subnetIds: (description.AvailabilityZones ?? []).flatMap((zone) => zone.SubnetId ?? []),
    interfaceDescription,
  };
}
