import type { Address } from './address.ts';
import { apply } from './apply.ts';
import { type AlbridgeError, asAlbridgeError } from './errors.ts';
import { type Fates, noFates } from './fate.ts';
import { type Observation, unknown } from './observation.ts';
import { failed, type Outcome } from './outcome.ts';
import { plan, unconfirmed } from './plan.ts';
import type { Policy } from './policy.ts';
import { report } from './report.ts';
import type { Contents, Sink } from './sink.ts';
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
  const reading = await readSink(binding);
  return isReading(reading) ? pass(binding.source, reading, await observe(binding.source)) : reading;
}

/** One pass of each of the bindings of a source, which is read once for all; outcomes are in the bindings' order. */
export async function reconcileTogether(
  source: Source,
  bindings: readonly Omit<Binding, 'source'>[],
): Promise<Outcome[]> {
  const readings = await Promise.all(bindings.map(readSink));
  const failures = readings.filter((reading): reading is Outcome => !isReading(reading));
  if (failures.length === readings.length) return failures;
  const observed = await observe(source);
  // From here on each is for itself (FM20).
  const passes = readings.map((reading) => (isReading(reading) ? pass(source, reading, observed) : reading));
  return Promise.all(passes);
}

interface Reading extends Omit<Binding, 'source'> {
  current: Contents;
}

function isReading(reading: Reading | Outcome): reading is Reading {
  return 'current' in reading;
}

// Sink before source (FM15): what another run registers after this read can't be among what this one removes.
async function readSink(binding: Omit<Binding, 'source'>): Promise<Reading | Outcome> {
  try {
    return { ...binding, current: await binding.sink.read() };
  } catch (error) {
    return failed(binding.name, asAlbridgeError(error, 'sink-unreadable'));
  }
}

async function pass(
  source: Source,
  { name, sink, policy, current }: Reading,
  observed: Observation,
): Promise<Outcome> {
  try {
    const draft = plan({ observed, current, policy, fates: noFates });
    const { fates, errors } = await confirm(source, unconfirmed(draft), observed);
    const final = plan({ observed, current, policy, fates });
    const applied = await apply(final, { observed, current, policy, fates }, sink);
    return report({ name, current, observed, ...applied, errors });
  } catch (error) {
    // A source that does not keep to its contract costs its own bindings their pass, and nobody else's.
    return failed(name, asAlbridgeError(error, 'source-unknown'));
  }
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
