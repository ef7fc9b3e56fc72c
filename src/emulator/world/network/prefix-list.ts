import type { Clock } from '../../clock/clock.ts';
import type { Changes } from '../../core/changes.ts';

export type PrefixListState =
  | 'create-in-progress'
  | 'create-complete'
  | 'modify-in-progress'
  | 'modify-complete'
  | 'delete-in-progress';

export interface PrefixListEntry {
  cidr: string;
  description: string | undefined;
}

/** A customer-managed prefix list. */
export interface PrefixList {
  id: string;
  arn: string;
  name: string;
  addressFamily: 'IPv4' | 'IPv6';
  /** What each reference to it costs a security group in rules. */
  maxEntries: number;
  state: PrefixListState;
  /** Grows by one with each change of the entries. */
  version: number;
  /** By version; the latest is what counts. */
  entries: Map<number, readonly PrefixListEntry[]>;
  tags: Map<string, string>;
}

/** How long AWS takes over a change: some seconds, in which the list takes no other. */
const changeTime = 2_000;

export function currentEntries(list: PrefixList): readonly PrefixListEntry[] {
  return list.entries.get(list.version) ?? [];
}

export function isBusy({ state }: PrefixList): boolean {
  return state.endsWith('-in-progress');
}

/** Starts a change, which takes effect, and leaves the list free for the next, a while later. */
export function startChange(
  list: PrefixList,
  { clock, changes }: { clock: Clock; changes: Changes },
  kind: 'create' | 'modify' | 'delete',
  effect: () => void,
): void {
  list.state = `${kind}-in-progress`;
  clock.after(changeTime, () => {
    if (kind !== 'delete') list.state = `${kind}-complete`;
    effect();
    changes.announce();
  });
}
