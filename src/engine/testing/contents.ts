import { everyIpv4, everyIpv6 } from '../network.ts';
import { type Policy, policyDefaults } from '../policy.ts';
import type { Contents, Entry, EntryState } from '../sink.ts';

/** Entries in short: `entries({ '10.0.0.1': 'healthy' })`. */
export function entries(states: Readonly<Record<string, EntryState>>): Entry[] {
  return Object.entries(states).map(([address, state]) => ({ address, state, id: `id of ${address}` }));
}

/** Entries that are not what the sink is to hold: `unfit({ '10.0.0.1': 'obsolete' })`. */
export function unfit(states: Readonly<Record<string, Entry['unfit']>>): Entry[] {
  return Object.entries(states).map(([address, state]) => ({
    address,
    state: 'initial',
    id: `id of ${address}`,
    ...(state && { unfit: state }),
  }));
}

/** A sink that checks health and takes any address, unless told otherwise. */
export function contents(
  states: Readonly<Record<string, EntryState>>,
  other: Partial<Contents> = {},
): Contents {
  return { entries: entries(states), networks: [everyIpv4, everyIpv6], healthChecked: true, ...other };
}

export function policy(other: Partial<Policy> = {}): Policy {
  return { mode: 'sync', ...policyDefaults, ...other };
}
