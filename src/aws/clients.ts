import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';

/** The AWS clients of one region, as sources and sinks take them. */
export interface AwsClients {
  ec2: EC2Client;
  elbv2: ElasticLoadBalancingV2Client;
}

/** Clients by region; an undefined region is the environment's. */
export type AwsClientsOf = (region: string | undefined) => AwsClients;

/** In a network without a route to AWS a call has to fail soon and say so, not hang until the function ends (FM19). */
export const timeouts: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean } =
  { connectionTimeout: 1_500, requestTimeout: 8_000, throwOnRequestTimeout: true };

/**
 * Clients that keep to AWS's throttle limits by themselves (adaptive retry). Credentials, region and endpoint come
 * from where every AWS SDK takes them: `AWS_REGION`, `AWS_ENDPOINT_URL` …
 */
export function createClients(region?: string): AwsClients {
  const config = {
    ...(region === undefined ? {} : { region }),
    retryMode: 'adaptive',
    maxAttempts: 3,
    requestHandler: timeouts,
  };
  return { ec2: new EC2Client(config), elbv2: new ElasticLoadBalancingV2Client(config) };
}

/** One set of clients for each region asked for, with their connections kept. */
export function clientsByRegion(create: (region?: string) => AwsClients = createClients): AwsClientsOf {
  const known = new Map<string | undefined, AwsClients>();
  return (region) => {
    const clients = known.get(region) ?? create(region);
    known.set(region, clients);
    return clients;
  };
}
