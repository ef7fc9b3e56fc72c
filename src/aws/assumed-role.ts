import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { AlbridgeError } from '../engine/errors.ts';
import { explain } from './errors.ts';

/** A role to assume, often in another account. */
export interface Role {
  arn: string;
  /** What its trust policy asks for, where somebody else's account is reached. */
  externalId?: string | undefined;
  /** Names the session in the other account's CloudTrail. */
  sessionName?: string | undefined;
}

export interface AssumedRoleOptions {
  sts: STSClient;
  /** Milliseconds since the Unix epoch. */
  now: () => number;
}

/** Credentials as the SDK's clients take them. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

export type CredentialsProvider = (() => Promise<Credentials>) & {
  /** Tells the SDK to ask each time, rather than to go by its own clock. */
  memoized: true;
};

/** Time for what is under way to end before they expire. */
const renewal = 5 * 60 * 1_000;

/** Credentials of a role: assumed when they are first needed, kept, and renewed before they expire. */
export function assumedRole(role: Role, options: AssumedRoleOptions): CredentialsProvider {
  let current: Promise<Credentials> | undefined;
  let expiration = 0;
  const credentials = async (): Promise<Credentials> => {
    if (current === undefined || options.now() >= expiration - renewal) {
      const assumed = assume(role, options);
      current = assumed;
      expiration = Number.POSITIVE_INFINITY;
      assumed.then(
        (granted) => {
          expiration = granted.expiration?.getTime() ?? 0;
        },
        () => {
          current = undefined;
        },
      );
    }
    return current;
  };
  return Object.assign(credentials, { memoized: true as const });
}

async function assume(
  { arn, externalId, sessionName }: Role,
  { sts }: AssumedRoleOptions,
): Promise<Credentials> {
  try {
    const { Credentials: granted } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: arn,
        RoleSessionName: sessionName ?? 'albridge',
        ...(externalId !== undefined && { ExternalId: externalId }),
      }),
    );
    return {
      accessKeyId: granted?.AccessKeyId ?? '',
      secretAccessKey: granted?.SecretAccessKey ?? '',
      sessionToken: granted?.SessionToken ?? '',
      ...(granted?.Expiration && { expiration: granted.Expiration }),
    };
  } catch (error) {
    const message = `${explain(`sts:AssumeRole of '${arn}'`, error)}; the role's trust policy has to name the role that albridge runs with, and the external id where it asks for one`;
    throw new AlbridgeError('role-refused', message, { cause: error });
  }
}
