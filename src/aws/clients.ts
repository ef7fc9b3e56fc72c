import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { STSClient } from '@aws-sdk/client-sts';
import { assumedRole, type CredentialsProvider, type Role } from './assumed-role.ts';

/** The AWS clients of one region, as sources and sinks take them. */
export interface AwsClients {
  ec2: EC2Client;
  elbv2: ElasticLoadBalancingV2Client;
}

/** Clients by region and role; an undefined region is the environment's, and without a role the environment's own calls. */
export type AwsClientsOf = (region: string | undefined, role?: Role) => AwsClients;

/** In a network without a route to AWS a call has to fail soon and say so, not hang until the function ends (FM19). */
const timeouts = { connectionTimeout: 1_500, requestTimeout: 8_000, throwOnRequestTimeout: true };

/**
 * Clients that keep to AWS's throttle limits by themselves (adaptive retry). Credentials (unless they are given),
 * region and endpoint come from where every AWS SDK takes them: `AWS_REGION`, `AWS_ENDPOINT_URL` …
 */
export function createClients(region?: string, credentials?: CredentialsProvider): AwsClients {
  const config = { ...settings(region), ...(credentials && { credentials }) };
  return { ec2: new EC2Client(config), elbv2: new ElasticLoadBalancingV2Client(config) };
}

function settings(region: string | undefined) {
  return {
    ...(region === undefined ? {} : { region }),
    retryMode: 'adaptive',
    maxAttempts: 3,
    requestHandler: timeouts,
  };
}

export interface ClientsOptions {
  /** Milliseconds since the Unix epoch: when credentials of roles have to be renewed. */
  now: () => number;
  create?: typeof createClients;
}

/** One set of clients for each region and role asked for, with their connections and credentials kept. */
export function clientsByReach({ now, create = createClients }: ClientsOptions): AwsClientsOf {
  const known = new Map<string, AwsClients>();
  return (region, role) => {
    const key = JSON.stringify([region, role?.arn, role?.externalId, role?.sessionName]);
    const clients = known.get(key) ?? create(region, role && credentialsOf(role, region));
    known.set(key, clients);
    return clients;
  };

  function credentialsOf(role: Role, region: string | undefined): CredentialsProvider {
    return assumedRole(role, { sts: new STSClient(settings(region)), now });
  }
}
