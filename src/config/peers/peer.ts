import type { BindingConfig } from '../config.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** An updater of somebody else's making, whose environment the `sync` function takes as it finds it. */
export interface Peer {
  name: string;
  /** The variables that it cannot do without; one of them is enough to know it by. */
  required: readonly string[];
  /** Further variables of its own that change nothing here, and why. */
  unused: Readonly<Record<string, string>>;
  /** What its variables come to; the schema has yet to check it. */
  binding(variables: Variables): BindingConfig;
  /** What its variables ask for and do not get. */
  warnings(variables: Variables): string[];
}

/** Calls the binding as its target group is called, so that logs and metrics are found by a name that is known. */
export function targetGroupName(arn: string | undefined, otherwise: string): string {
  return arn?.split('/')[1] || otherwise;
}
