import { STSClient } from '@aws-sdk/client-sts';
import { assumedRole, type CredentialsProvider, type Role } from './assumed-role.ts';
import { type AwsClients, type AwsClientsOf, clientSettings, createClients } from './clients.ts';
import { createPace, type Pace, type PaceOptions, paced } from './paced.ts';

/** Options of `clientsByReach`. */
export interface ClientsOptions extends PaceOptions {
  /** The environment's region, so that who names it and who does not share clients. @default nobody knows */
  region?: string | undefined;
  /** The environment's account, which a role of the same account shares throttle limits with. @default nobody knows */
  account?: string | undefined;
  create?: typeof createClients;
}

/**
 * One set of clients for each region and role asked for, with their connections and credentials kept; all of a region
 * and account keep to its throttle limits together.
 */
export function clientsByReach(options: ClientsOptions): AwsClientsOf {
  const { now, create = createClients } = options;
  const known = new Map<string, AwsClients>();
  const paces = new Map<string, Pace>();
  return (asked, role) => {
    const region = asked ?? options.region;
    const key = JSON.stringify([region, role?.arn, role?.externalId, role?.sessionName]);
    const clients =
      known.get(key) ?? paced(create(region, role && credentialsOf(role, region)), paceOf(region, role));
    known.set(key, clients);
    return clients;
  };

  /** Roles of one account share its limits. */
  function paceOf(region: string | undefined, role: Role | undefined): Pace {
    const key = JSON.stringify([region, role ? role.arn.split(':')[4] : options.account]);
    const pace = paces.get(key) ?? createPace(options);
    paces.set(key, pace);
    return pace;
  }

  function credentialsOf(role: Role, region: string | undefined): CredentialsProvider {
    return assumedRole(role, { sts: new STSClient(clientSettings(region)), now });
  }
}
