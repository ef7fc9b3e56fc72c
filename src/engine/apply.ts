import type { Address } from './address.ts';
import { asAlbridgeError } from './errors.ts';
import { without } from './health.ts';
import { makeRoom } from './make-room.ts';
import { type Plan, type PlanInput, withoutAdditions, withoutRemovals } from './plan.ts';
import type { Removal } from './removal.ts';
import type { Entry, Sink, Written } from './sink.ts';

export interface Applied {
  /** The plan as it was carried out, with what failed additions and a lack of room made of it. */
  settled: Plan;
  added: Written;
  removed: Written;
}

/** Adds, then removes (FM7); where the sink is full, and only there, something goes first (FM8, FM22). */
export async function apply(planned: Plan, input: PlanInput, sink: Sink): Promise<Applied> {
  const first = await add(sink, planned.add);
  const room = first.full ? makeRoom(planned, first.addresses, input) : [];
  const freed = await remove(sink, room);
  const added = freed.addresses.length > 0 ? await addRest(sink, planned.add, first) : first;

  const rest = withoutRemovals(planned, room);
  // A removal that failed may have been made all the same: what is left has to be enough without it.
  const current = without(input.current, room);
  const settled = added.errors.length > 0 ? withoutAdditions(rest, added.addresses, current) : rest;
  const removed = await remove(sink, settled.remove);
  return {
    settled: { ...settled, remove: [...room, ...settled.remove] },
    added,
    removed: {
      addresses: [...freed.addresses, ...removed.addresses],
      errors: [...freed.errors, ...removed.errors],
    },
  };
}

function add(sink: Sink, addresses: readonly Address[]): Promise<Written> {
  return write(addresses, (items) => sink.add(items));
}

/** What did not fit at first; its outcome takes the place of what went wrong then. */
async function addRest(sink: Sink, addresses: readonly Address[], first: Written): Promise<Written> {
  const made = new Set(first.addresses);
  const rest = await add(
    sink,
    addresses.filter((address) => !made.has(address)),
  );
  return { ...rest, addresses: [...first.addresses, ...rest.addresses] };
}

function remove(sink: Sink, removals: readonly Removal[]): Promise<Written> {
  const entries: Entry[] = removals.map(({ entry }) => entry);
  return write(entries, (items) => sink.remove(items));
}

/** A pass that changes nothing writes nothing. */
async function write<Item>(
  items: readonly Item[],
  send: (items: readonly Item[]) => Promise<Written>,
): Promise<Written> {
  if (items.length === 0) return { addresses: [], errors: [] };
  try {
    return await send(items);
  } catch (error) {
    return { addresses: [], errors: [asAlbridgeError(error, 'write-failed')] };
  }
}
