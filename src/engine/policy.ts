/** The settings a plan obeys. */
export interface Policy {
  /** `sync`: the sink holds exactly the source's addresses. `upsert-only`: addresses are added, none is ever removed. */
  mode: 'sync' | 'upsert-only';
  /**
   * How many of the desired targets must be healthy, in percent, before a target that still works is removed; as ECS
   * means it.
   */
  minHealthyPercent: number;
  /** At most so many removals in a pass; the rest wait for the next one. */
  maxRemovals: number;
}

/** What holds where a policy does not say otherwise. The mode has no default: it decides whether others' work is removed. */
export const policyDefaults: Omit<Policy, 'mode'> = {
  minHealthyPercent: 100,
  maxRemovals: Number.POSITIVE_INFINITY,
};
