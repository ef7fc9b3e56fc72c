import type { Clock } from '../../clock/clock.ts';
import { AwsError } from '../../core/aws-error.ts';
import { alphanumeric, type Random } from '../../core/random.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import type { InstanceProfile } from './instance-profile.ts';
import type { ManagedPolicy } from './managed-policy.ts';
import type { Role } from './role.ts';
import type { Session } from './session.ts';

export interface IdentityOptions {
  account: string;
  clock: Clock;
  random: Random;
}

/** Roles, policies and issued credentials of an account. */
export class Identity {
  readonly account: string;
  /** By name. */
  readonly roles: Map<string, Role> = new Map();
  /** By name. */
  readonly instanceProfiles: Map<string, InstanceProfile> = new Map();
  /** By ARN; AWS's own among them. */
  readonly policies: Map<string, ManagedPolicy> = new Map();
  readonly #sessions = new Map<string, Session>();
  readonly #clock: Clock;
  readonly #random: Random;

  constructor({ account, clock, random }: IdentityOptions) {
    this.account = account;
    this.#clock = clock;
    this.#random = random;
    for (const policy of awsManagedPolicies(clock.now())) this.policies.set(policy.arn, policy);
  }

  roleByArn(arn: string): Role | undefined {
    for (const role of this.roles.values()) if (role.arn === arn) return role;
    return undefined;
  }

  /** @throws AwsError `InvalidParameterValue` for a name or an ARN that no instance profile has */
  instanceProfileArn(nameOrArn: string): string {
    const all = [...this.instanceProfiles.values()];
    const found = all.find(({ name, arn }) => name === nameOrArn || arn === nameOrArn);
    if (found) return found.arn;
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${nameOrArn}) for parameter iamInstanceProfile is invalid. Invalid IAM Instance Profile`,
    );
  }

  /** A new unique identifier with AWS's prefix for its kind: `AROA` for a role, `ANPA` for a policy. */
  uniqueId(prefix: string): string {
    return prefix + this.#characters(21 - prefix.length).toUpperCase();
  }

  /** Credentials for a session of the role. Who may have them is for the caller to decide. */
  issue(role: Role, sessionName: string, durationSeconds = 3600): Session {
    this.#forgetExpired();
    const session: Session = {
      accessKeyId: `ASIA${this.#characters(16).toUpperCase()}`,
      secretAccessKey: this.#characters(40),
      sessionToken: this.#characters(200),
      expiration: this.#clock.now() + durationSeconds * 1000,
      roleArn: role.arn,
      callerArn: `arn:aws:sts::${this.account}:assumed-role/${role.name}/${sessionName}`,
      userId: `${role.id}:${sessionName}`,
    };
    this.#sessions.set(session.accessKeyId, session);
    return session;
  }

  /** The session that an access key id was issued for; none once it has expired. */
  session(accessKeyId: string): Session | undefined {
    const session = this.#sessions.get(accessKeyId);
    return session && session.expiration > this.#clock.now() ? session : undefined;
  }

  #forgetExpired(): void {
    for (const [id, session] of this.#sessions) {
      if (session.expiration <= this.#clock.now()) this.#sessions.delete(id);
    }
  }

  #characters(length: number): string {
    return alphanumeric(this.#random, length);
  }
}
