import { STSClient } from '@aws-sdk/client-sts';
import { assumedRole, type CredentialsProvider, type Role } from './assumed-role.ts';
import { type AwsClients, type AwsClientsOf, clientSettings, createClients } from './clients.ts';

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
    return assumedRole(role, { sts: new STSClient(clientSettings(region)), now });
  }
}
