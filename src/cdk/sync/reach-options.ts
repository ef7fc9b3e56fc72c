import type * as iam from 'aws-cdk-lib/aws-iam';
import type { ReachConfig } from '../../config/config.ts';

/** From where, and as who, AWS is called about a source or a sink. */
export interface ReachOptions {
  /**
   * The region in which AWS is called.
   *
   * @default - that of the resource's ARN, else that of the stack
   */
  readonly region?: string;

  /**
   * A role to assume for the calls, in this account or another. Its trust policy has to name the role of the sync
   * function, and it has to allow the calls itself: the function is allowed to assume it, and nothing else.
   *
   * @default - the function's own role
   */
  readonly role?: iam.IRole;

  /**
   * What the role's trust policy asks for besides.
   *
   * @default - none
   */
  readonly externalId?: string;

  /**
   * Names the session in CloudTrail.
   *
   * @default 'albridge'
   */
  readonly sessionName?: string;
}

/** The options in the words of the configuration. */
export function reachConfig({ region, role, externalId, sessionName }: ReachOptions): ReachConfig {
  if (!role && (externalId !== undefined || sessionName !== undefined)) {
    throw new Error('externalId and sessionName are those of a role, got none: give role as well');
  }
  return {
    ...(region !== undefined && { region }),
    ...(role && { role: { arn: role.roleArn, externalId, sessionName } }),
  };
}
