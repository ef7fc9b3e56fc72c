import type { Address } from './address.ts';
import { type AlbridgeError, asAlbridgeError } from './errors.ts';
import { type Fates, noFates } from './fate.ts';
import { type Observation, unknown } from './observation.ts';
import { failed, type Outcome } from './outcome.ts';
import { plan, unconfirmed, withoutAdditions } from './plan.ts';
import type { Policy } from './policy.ts';
import { report } from './report.ts';
import type { Sink, Written } from './sink.ts';
import type { Source } from './source.ts';

/** One source, one sink, one policy: the unit of configuration, isolation, metrics and errors. */
export interface Binding {
  name: string;
  source: Source;
  sink: Sink;
  policy: Policy;
}

/** One pass: makes the sink hold the source's addresses. Never throws; what went wrong is in the outcome. */
export async function reconcile(binding: Binding): Promise<Outcome> {
  try {
    return await pass(binding);
  } catch (error) {
    return failed(binding.name, asAlbridgeError(error, 'sink-unreadable'));
  }
}

async function pass({ name, source, sink, policy }: Binding): Promise<Outcome> {
  // Sink before source (FM15): what another run registers after this read can't be among what this one removes.
  const current = await sink.read();
  const observed = await observe(source);
  const draft = plan({ observed, current, policy, fates: noFates });
  const { fates, errors } = await confirm(source, unconfirmed(draft), observed);
  const final = plan({ observed, current, policy, fates });
  const added = await write(final.add, (addresses) => sink.add(addresses));
  const settled = added.errors.length > 0 ? withoutAdditions(final, added.addresses, current) : final;
  const removed = await write(
    settled.remove.map(({ entry }) => entry),
    (entries) => sink.remove(entries),
  );
  return report({ name, current, observed, settled, added, removed, errors });
}

/** A source that throws all the same does not know either. */
async function observe(source: Source): Promise<Observation> {
  try {
    return await source.read();
  } catch (error) {
    return unknown(asAlbridgeError(error, 'source-unknown'));
  }
}

interface Confirmation {
  fates: Fates;
  errors: readonly AlbridgeError[];
}

/** A second, targeted read before anything is removed (FM2); where it fails, additions go on and removals wait. */
async function confirm(
  source: Source,
  addresses: readonly Address[],
  observed: Observation,
): Promise<Confirmation> {
  if (addresses.length === 0 || observed.kind === 'unknown') return { fates: noFates, errors: [] };
  try {
    return { fates: await source.confirm(addresses, observed), errors: [] };
  } catch (error) {
    return { fates: noFates, errors: [asAlbridgeError(error, 'unconfirmed')] };
  }
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
