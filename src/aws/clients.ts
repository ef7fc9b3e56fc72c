import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CredentialsProvider, Role } from './assumed-role.ts';

/** The AWS clients of one region, as sources and sinks take them. */
export interface AwsClients {
  ec2: EC2Client;
  elbv2: ElasticLoadBalancingV2Client;
}

/** Clients by region and role; an undefined region is the environment's, and without a role the environment's own calls. */
export type AwsClientsOf = (region: string | undefined, role?: Role) => AwsClients;

/** In a network without a route to AWS a call has to fail soon and say so, not hang until the function ends (FM19). */
export const timeouts: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean } =
  { connectionTimeout: 1_500, requestTimeout: 8_000, throwOnRequestTimeout: true };

/**
 * Clients that keep to AWS's throttle limits by themselves (adaptive retry). Credentials (unless they are given),
 * region and endpoint come from where every AWS SDK takes them: `AWS_REGION`, `AWS_ENDPOINT_URL` …
 */
export function createClients(region?: string, credentials?: CredentialsProvider): AwsClients {
  const config = { ...clientSettings(region), ...(credentials && { credentials }) };
  return { ec2: new EC2Client(config), elbv2: new ElasticLoadBalancingV2Client(config) };
}

export interface ClientSettings {
  region?: string;
  retryMode: string;
  maxAttempts: number;
  requestHandler: typeof timeouts;
}

/** What every client is made with. */
export function clientSettings(region: string | undefined): ClientSettings {
  return {
    ...(region === undefined ? {} : { region }),
    retryMode: 'adaptive',
    maxAttempts: 3,
    requestHandler: timeouts,
  };
}
