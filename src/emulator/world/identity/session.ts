/** Temporary credentials for a role: what `AssumeRole` answers, and what a function finds in its environment. */
export interface Session {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Milliseconds since the epoch, in the world's time. */
  expiration: number;
  roleArn: string;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
  callerArn: string;
  /** `<role id>:<session>` */
  userId: string;
}
