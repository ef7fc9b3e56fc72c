import { type Address, compareAddresses } from './address.ts';
import { admit } from './admission.ts';
import { registered, without } from './health.ts';
import type { Plan, PlanInput } from './plan.ts';
import type { Policy } from './policy.ts';
import { byUrgency, type Removal } from './removal.ts';
import type { Contents, Entry } from './sink.ts';

/**
 * What goes first where a sink is full and refuses additions (FM8, FM22): what goes anyway, the most urgent first, and
 * then targets that wait for others to be healthy, which would never be without a place. No more than the missing
 * additions need, never the last entry, and of those that serve never so many that fewer than `minHealthyPercent` of
 * the desired number are left to serve.
 */
export function makeRoom(planned: Plan, added: readonly Address[], input: PlanInput): Removal[] {
  const { current, policy } = input;
  const missing = planned.add.length - added.length;
  const held = registered(current).length + added.length;
  const leaving = byUrgency(planned.remove).slice(0, missing);
  // What drains may hold its place until it has: those places are on their way.
  const needed = missing - leaving.length - draining(current).length;
  const allowed = Math.max(0, Math.min(needed, policy.maxRemovals - planned.remove.length));
  const spare = spareEntries(planned, input, held).slice(0, allowed);
  const removals = [...leaving, ...spare.map((entry): Removal => ({ entry, cause: 'making-room' }))];
  return removals.slice(0, Math.max(0, held - 1));
}

/** Of the entries that are withheld until others are healthy, those that can go without going below the floor. */
function spareEntries(
  { remove, withheld }: Plan,
  { observed, current, policy }: PlanInput,
  held: number,
): Entry[] {
  if (observed.kind === 'unknown') return [];
  const waiting = new Set(
    withheld.filter(({ reason }) => reason === 'too-few-healthy').map(({ address }) => address),
  );
  const staying = registered(without(current, remove));
  const entries = staying
    .filter(({ address }) => waiting.has(address))
    .sort((first, second) => compareAddresses(first.address, second.address));
  const desired = admit(observed.addresses, current.networks).admitted.length;
  const capacity = held + draining(current).length;
  const serving = entries.filter(serves);
  const dispensable = Math.max(0, staying.filter(serves).length - floor(desired, capacity, policy));
  return [...entries.filter((entry) => !serves(entry)), ...serving.slice(0, dispensable)];
}

/** At most one less than fit: where a full sink may lack none, nothing could ever be replaced. */
function floor(desired: number, capacity: number, { minHealthyPercent }: Policy): number {
  return Math.min(Math.ceil((desired * minHealthyPercent) / 100), capacity - 1);
}

function serves({ state }: Entry): boolean {
  return state === 'healthy';
}

function draining({ entries }: Contents): Entry[] {
  return entries.filter(({ state }) => state === 'draining');
}
