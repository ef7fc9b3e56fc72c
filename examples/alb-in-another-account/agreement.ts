/** What both accounts know of each other beforehand, so that either stack can be deployed first. */
export interface Agreement {
  /** Of the role in the account of the ALB. */
  readonly accessRoleName: string;
  readonly externalId: string;
  /** Of the role of the bridge's function. */
  readonly syncRoleName: string;
}
