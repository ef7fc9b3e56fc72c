import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { BindingConfig } from '../../config/config.ts';

/** A binding as a construct asks a sync function to keep it. */
export interface SyncBinding {
  readonly config: BindingConfig;

  /** Actions of the function's own role that have no resource-level permissions. */
  readonly reads: readonly string[];

  /** The construct that asks: its problems are told under its path, and a parameter becomes its child. */
  readonly scope: Construct;

  /** The roles that the function may assume, in place of what it would be allowed itself. */
  readonly roles: readonly iam.IRole[];

  /** What is allowed on single resources. */
  readonly writes: readonly iam.PolicyStatement[];
}
